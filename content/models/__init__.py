from content.models.people import Qualification, Role, User

__all__ = ["Qualification", "Role", "User"]
