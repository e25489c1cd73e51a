from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as BaseGroupAdmin
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import StackedInline
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from content import languages
from content.admin.base import HouseAdmin
from content.admin.forms import ask, language_choice
from content.models import Clinic, Qualification, Role, User
from content.services import clinics, people
from content.services.errors import Refused

admin.site.unregister(Group)
admin.site.unregister(Authenticator)  # a list of everybody's second factors helps nobody


class RoleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Roles by their names in the reader's language."""

    def __init__(self) -> None:
        super().__init__(
            Group.objects.filter(name__in=Role.values), label=gettext_lazy("Roles"), required=False,
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        return str(Role(obj.name).label)


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    groups = RoleField()

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "groups", "clinic"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["groups"].required = True

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"].strip().lower()
        ask(people.need_free, address)
        return address


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    groups = RoleField()

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email", "mail", "groups", "clinic", "is_active"]


class QualificationInline(StackedInline):  # type: ignore[misc]
    model = Qualification
    extra = 0


@admin.register(User)
class UserAdmin(HouseAdmin):
    """People are invited, and never deleted: what they decided stays theirs."""

    form = PersonForm
    inlines = [QualificationInline]
    list_display = ["name", "roles", "clinic", "second_factor", "is_active", "last_login"]
    list_filter = ["groups", "clinic", "is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    list_select_related = ["clinic"]
    ordering = ["first_name", "last_name", "username"]
    actions = ["send_link", "take_second_factor"]
    fieldsets = [
        (
            gettext_lazy("Person"),
            {"fields": ["first_name", "last_name", "email", "mail", "clinic"]},
        ),
        (gettext_lazy("Roles"), {"fields": ["groups", "is_active"]}),
    ]
    invitation = [(None, {"fields": InvitationForm.Meta.fields})]

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if not obj:
            kwargs["form"] = InvitationForm
        return super().get_form(request, obj, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.invitation

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        rows: QuerySet[User] = super().get_queryset(request)
        return rows.annotate(has_factor=Exists(factors)).prefetch_related("groups")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> User:
        if change:
            changed: User = super().save_form(request, form, change)
            return changed
        data = form.cleaned_data
        form.save_m2m = lambda: None
        return people.invite(
            actor=request.user,  # type: ignore[arg-type]
            email=data["email"], first_name=data["first_name"], last_name=data["last_name"],
            roles=data["groups"], clinic=data["clinic"],
        )  # fmt: skip

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change:  # an invitation is saved by its service
            request.rights_before = people.rights(obj)  # type: ignore[attr-defined]
            super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whoever gives or takes rights is on record, and others are told."""
        super().save_related(request, form, formsets, change)
        if not change:
            messages.info(request, _("An invitation is on its way to %s.") % form.instance.email)
            return
        people.note_change(
            actor=request.user,  # type: ignore[arg-type]
            user=form.instance, before=request.rights_before,  # type: ignore[attr-defined]
        )  # fmt: skip

    @admin.action(description=gettext_lazy("Send the invitation again"))
    def send_link(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self._each(request, rows, people.invite_again, _("An invitation is on its way to %s."))

    @admin.action(description=gettext_lazy("Take the second factor away (a lost phone)"))
    def take_second_factor(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        self._each(request, rows, people.drop_second_factor, _("%s has no second factor now."))

    def _each(self, request: HttpRequest, rows: QuerySet[User], what: Any, told: str) -> None:
        for user in rows:
            try:
                what(actor=request.user, user=user)
                messages.success(request, told % user)
            except Refused as refused:
                messages.error(request, f"{user}: {refused.message}")

    @admin.display(description=gettext_lazy("name"), ordering="first_name")
    def name(self, user: User) -> str:
        return str(user)

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, user: User) -> str:
        held = {group.name for group in user.groups.all()}
        return ", ".join(str(label) for value, label in Role.choices if value in held)

    @admin.display(description=gettext_lazy("second factor"), boolean=True)
    def second_factor(self, user: User) -> bool:
        return user.has_factor  # type: ignore[attr-defined,no-any-return]


@admin.register(Group)
class GroupAdmin(BaseGroupAdmin, HouseAdmin):
    pass


class ClinicForm(forms.ModelForm):  # type: ignore[type-arg]
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("usual languages"),
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        choices=[language_choice(lang) for lang in languages.translated()],
        help_text=gettext_lazy("They stand first in the form that asks for a handout."),
    )

    class Meta:
        model = Clinic
        fields = ["name", "phone", "after_hours", "languages"]


@admin.register(Clinic)
class ClinicAdmin(HouseAdmin):
    form = ClinicForm
    list_display = ["name", "phone", "after_hours"]
    search_fields = ["name"]

    def save_model(self, request: HttpRequest, obj: Clinic, form: Any, change: bool) -> None:
        """What stands at the head of the clinic's PDFs is on record, and they are made anew."""
        super().save_model(request, obj, form, change)
        head = [key for key in form.changed_data if key != "languages"]
        if change and head:
            changed = {key: [form.initial[key], form.cleaned_data[key]] for key in head}
            clinics.rebranded(request.user, obj, changed)  # type: ignore[arg-type]
