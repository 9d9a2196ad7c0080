"""What is pressed on the page of people: one function for each button, which says what was done."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from consents.models import Adult, Child
from consents.words import joined
from posts import marks as marking
from posts import picturing, settling
from posts.errors import NotPossible
from posts.models import Appearance, Found, Picture
from posts.views.places import NONE
from schools.models import User
from schools.reach import me, number_or_404


def pressed(request: HttpRequest, picture: Picture) -> str:
    """Do it; return what was done, in words. Raises `NotPossible`."""
    for name, press in PRESSES.items():
        if name in request.POST:
            return press(request, picture, me(request))
    raise NotPossible("Nothing was pressed that this page knows.")


def _ticked(request: HttpRequest, picture: Picture, by: User) -> str:
    """Some of a class are in the photo. Which face is whose is another question."""
    wanted = request.POST.getlist("child")
    if not wanted:
        raise NotPossible("Tick at least one pupil of the class.")
    pupils = list(picturing.pickable(picture.post, by=by).filter(pk__in=map(number_or_404, wanted)))
    picturing.show_children(picture=picture, children=pupils, by=by)
    names = joined([pupil.full_name for pupil in pupils])
    return f"{names} {'is' if len(pupils) == 1 else 'are'} in the list."


def _child(request: HttpRequest, picture: Picture, by: User) -> str:
    pupil = _pupil(request, picture, by, "child")
    face = _face(request, picture)
    if face is None:
        picturing.show_child(picture=picture, child=pupil, by=by)
        return f"{pupil.full_name} is in the list."
    settling.is_child(face=face, child=pupil, by=by)
    return f"{pupil.full_name} is in the list. {_numbered(face)} is theirs."


def _work(request: HttpRequest, picture: Picture, by: User) -> str:
    pupil = _pupil(request, picture, by, "work")
    picturing.show_child(picture=picture, child=pupil, by=by, work=True)
    return f"Work by {pupil.full_name} is in the list."


def _adult(request: HttpRequest, picture: Picture, by: User) -> str:
    wanted = number_or_404(request.POST["adult"])
    adult = get_object_or_404(Adult, school=picture.post.school_id, pk=wanted)
    face = _face(request, picture)
    if face is None:
        picturing.show_adult(picture=picture, adult=adult, by=by)
        return f"{adult.name} is in the list."
    settling.is_adult(face=face, adult=adult, by=by)
    return f"{adult.name} is in the list. {_numbered(face)} is theirs."


def _somebody(request: HttpRequest, picture: Picture, by: User) -> str:
    face = _face(request, picture)
    if face is None:
        picturing.show_somebody(picture=picture, by=by)
    else:
        settling.is_somebody(face=face, by=by)
    return "Somebody who cannot be identified is in the list."


def _nobody(request: HttpRequest, picture: Picture, by: User) -> str:
    face = _asked_about(request, picture)
    settling.is_no_face(face=face, by=by)
    return f"{_numbered(face)} is no face."


def _listed(request: HttpRequest, picture: Picture, by: User) -> str:
    face, person = _asked_about(request, picture), _here(picture, request.POST["listed"])
    settling.is_listed(face=face, appearance=person, by=by)
    return f"{_numbered(face)} is that of {_called(person)}."


def _open(request: HttpRequest, picture: Picture, by: User) -> str:
    face = _spotted(picture, request.POST["open"])
    left = settling.open_again(face=face, by=by)
    gone = f" {_called(left)} is in the list no longer." if left else ""
    return f"{_numbered(face)} is open again: say whose it is.{gone}"


def _calm(request: HttpRequest, picture: Picture, by: User) -> str:
    wanted = [number_or_404(pk) for pk in request.POST.getlist("calm")]
    lines = list(Found.objects.filter(picture=picture, pk__in=wanted))
    for line in lines:
        line.picture = picture
    settling.tells_nobody(lines=lines, by=by)
    return "You looked: that writing does not tell who or where a child is."


def _doubt(request: HttpRequest, picture: Picture, by: User) -> str:
    settling.doubted(line=_spotted(picture, request.POST["doubt"]), by=by)
    return "Open again: look at that writing once more."


def _again(request: HttpRequest, picture: Picture, by: User) -> str:
    settling.look_again(picture=picture, by=by)
    return "GoLive looks at the photo again. That takes a few seconds."


def _gone(request: HttpRequest, picture: Picture, by: User) -> str:
    picturing.remove_appearance(appearance=_here(picture, request.POST["gone"]), by=by)
    return "Taken out of the list. Please look at the whole photo once more."


def _mark(request: HttpRequest, picture: Picture, by: User) -> str:
    box = None if "unmark" in request.POST else marking.box_from(request.POST)
    marking.mark(appearance=_here(picture, request.POST["mark"]), box=box, by=by)
    return "The mark is gone." if box is None else "The mark is kept."


Press = Callable[[HttpRequest, Picture, User], str]
# The first of these names that was sent: the ticks of a class are sent as "child" as well.
PRESSES: dict[str, Press] = {
    "ticked": _ticked,
    "child": _child,
    "work": _work,
    "adult": _adult,
    "somebody": _somebody,
    "nobody": _nobody,
    "listed": _listed,
    "open": _open,
    "calm": _calm,
    "doubt": _doubt,
    "again": _again,
    "gone": _gone,
    "mark": _mark,
}


def _pupil(request: HttpRequest, picture: Picture, by: User, name: str) -> Child:
    wanted = number_or_404(request.POST[name])
    return get_object_or_404(picturing.pickable(picture.post, by=by), pk=wanted)


def _face(request: HttpRequest, picture: Picture) -> Found | None:
    """The face that was asked about; none for somebody who is seen from behind."""
    said = request.POST.get("face", "")
    return _spotted(picture, said) if said and said != NONE else None


def _asked_about(request: HttpRequest, picture: Picture) -> Found:
    face = _face(request, picture)
    if face is None:
        raise NotPossible("Choose a face first: press its number on the photo.")
    return face


def _spotted(picture: Picture, said: str) -> Found:
    """A face or a line of writing of this very photo."""
    found = get_object_or_404(Found.objects.filter(picture=picture), pk=number_or_404(said))
    found.picture = picture
    return found


def _numbered(face: Found) -> str:
    before = Found.objects.filter(picture=face.picture_id, sort=face.sort, pk__lt=face.pk)
    return f"Face {before.count() + 1}"


def _here(picture: Picture, said: str) -> Appearance:
    """Somebody in this very photo."""
    appearance = get_object_or_404(
        Appearance.objects.filter(picture=picture), pk=number_or_404(said)
    )
    appearance.picture = picture
    return appearance


def _called(person: Appearance) -> str:
    if person.child is not None:
        return person.child.full_name
    return person.adult.name if person.adult else "Somebody who cannot be identified"
