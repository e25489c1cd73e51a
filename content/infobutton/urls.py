from django.urls import path

from content.infobutton import views

app_name = "infobutton"
urlpatterns = [path("service", views.service, name="service")]
