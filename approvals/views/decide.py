"""The Head's one screen to decide on, and the three answers."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from approvals import actions, rules
from approvals.deciding import who_was_faster
from approvals.desk import DecisionDesk, approved_words
from approvals.forms import AnswerForm, ApproveForm, note_field
from approvals.models import ApprovalDecision, Stop, Submission
from approvals.relied import yeses
from approvals.stopped import told
from approvals.views.reach import soonest_first, submission_or_404
from policy.findings import Finding
from policy.rulebook import Rulebook
from posts.checks import Verdict, check
from posts.declaring import said_beside
from posts.errors import NotPossible, Refused
from posts.panels import on_photos
from posts.tapping import habits
from schools.reach import me

# Places in the queue are counted up to here.
FAR = 100


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be seen, by whom, where and when; who is in it; what pressing does."""
    submission = submission_or_404(request, pk)
    if submission.state != Submission.State.OPEN:
        if request.method == "POST":
            return _too_late(request, submission)
        return _settled(request, submission)
    verdict = check(submission.post)
    whole = verdict.case.whole
    form = ApproveForm(
        request.POST or None,
        channels=whole.channels,
        photos=[p.pk for p in whole.pictures],
        confirms=rules.confirms(verdict),
        asked=rules.to_answer(verdict, whole.channels),
        initial={"digest": submission.digest},
    )
    if request.method == "POST" and form.is_valid():
        done = _press(request, submission, lambda: _approve(request, submission, form))
        if done is not None:
            return done
    answer = AnswerForm(book=verdict.case.book)
    return _page(request, submission, verdict, form, answer)


@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return with a reason."""
    return _answer(
        request,
        pk,
        actions.return_to_author,
        "Returned. {} has been told why, and sends it again when it is mended. Nothing goes out.",
    )


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no for good."""
    return _answer(
        request, pk, actions.decline, "Declined. {} has been told why. Nothing goes out."
    )


def _page(
    request: HttpRequest,
    submission: Submission,
    verdict: Verdict,
    form: ApproveForm,
    answer: AnswerForm,
) -> HttpResponse:
    whole, user = verdict.case.whole, me(request)
    found = rules.decision_findings(submission, verdict, by=user, channels=whole.channels)
    before = _before(submission)
    desk = DecisionDesk(submission, before, verdict, found, request.GET.get("as", ""))
    context = {
        "submission": submission,
        "post": whole.post,
        "desk": desk,
        "form": form,
        "asked": [(a, _note(form, a.finding)) for a in desk.asked],
        "answer": answer,
        "said_beside": said_beside(verdict.case.book, "approve"),
        "declared": submission.declarations.filter(decision=None, reference=""),
        "questions": submission.post.questions.select_related("asked_by", "asked_of"),
        "habits": habits(submission.post) if verdict.case.whole.post.answers.all() else [],
        "yeses": yeses(verdict, reader=user),
        "may_not": rules.may_decide(submission, by=user, book=verdict.case.book),
        "stops": told(Stop.objects.standing().filter(post=submission.post), reader=user),
        "before": before,
        "returned": ApprovalDecision.objects.filter(submission=before).select_related("by").first()
        if before
        else None,
        "place": _place(request, submission),
        "of_photos": on_photos.of(submission.post, user),
    }
    status = 422 if form.errors or answer.errors else 200
    return render(request, "approvals/decide.html", context, status=status)


def _approve(request: HttpRequest, submission: Submission, form: ApproveForm) -> None:
    if form.cleaned_data["digest"] != submission.digest:
        raise NotPossible("This page showed something else. Look at it once more.")
    chosen = list(form.cleaned_data["channels"])
    made = actions.approve(
        submission=submission,
        by=me(request),
        channels=chosen,
        looked_at=form.photos,
        confirmed=form.confirmed,
        notes=form.notes,
    )
    # Said only of what is stored (failure 14).
    stored = ApprovalDecision.objects.get(pk=made.pk)
    approved = [c for c in chosen if c.pk in stored.channels]
    messages.success(request, approved_words(submission, approved))


def _note(form: ApproveForm, finding: Finding) -> BoundField | None:
    """Where the Head answers this warning, if they do."""
    name = note_field(finding)
    return form[name] if name in form.fields else None


def _answer(request: HttpRequest, pk: int, verb: Callable[..., object], said: str) -> HttpResponse:
    submission = submission_or_404(request, pk)
    if submission.state != Submission.State.OPEN:
        return _too_late(request, submission)
    form = AnswerForm(request.POST, book=Rulebook.in_force())
    if not form.is_valid():
        verdict = check(submission.post)
        whole = verdict.case.whole
        blank = ApproveForm(
            channels=whole.channels,
            photos=[p.pk for p in whole.pictures],
            confirms=rules.confirms(verdict),
            asked=rules.to_answer(verdict, whole.channels),
            initial={"digest": submission.digest},
        )
        return _page(request, submission, verdict, blank, form)

    def press() -> None:
        verb(
            submission=submission,
            by=me(request),
            reason=form.cleaned_data["reason"],
            clause=form.reference(),
        )
        # Said only of what is stored (failure 14).
        ApprovalDecision.objects.get(submission=submission)
        messages.success(request, said.format(submission.author.name))

    return _press(request, submission, press) or redirect("approvals:decide", pk=pk)


def _press(
    request: HttpRequest, submission: Submission, press: Callable[[], None]
) -> HttpResponse | None:
    """Do it and go back to the queue; say why when it could not be done."""
    try:
        press()
    except Refused as error:
        for finding in error.findings[:5]:
            messages.error(request, finding.message)
        return redirect("approvals:decide", pk=submission.pk)
    except NotPossible as error:
        messages.info(request, str(error))
        return redirect("approvals:decide", pk=submission.pk)
    return redirect("approvals:queue")


def _too_late(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Two Heads at once: the other one reads that nothing came of her press."""
    messages.info(request, who_was_faster(submission))
    return redirect("approvals:decide", pk=submission.pk)


def _before(submission: Submission) -> Submission | None:
    earlier = Submission.objects.filter(post=submission.post_id, number__lt=submission.number)
    return earlier.order_by("-number").first()


def _settled(request: HttpRequest, submission: Submission) -> HttpResponse:
    decision = ApprovalDecision.objects.filter(submission=submission).select_related("by").first()
    context = {
        "submission": submission,
        "post": submission.post,
        "decision": decision,
        "place": _place(request, submission),
    }
    return render(request, "approvals/settled.html", context)


def _place(request: HttpRequest, submission: Submission) -> dict[str, object]:
    """Where in the queue this is, and what comes next. Counts stop at a hundred."""
    mine = soonest_first(Submission.objects.waiting_for(me(request)))
    waiting = list(mine.values_list("pk", flat=True)[:FAR])
    if submission.pk not in waiting:
        return {"next": waiting[0] if waiting else None}
    at = waiting.index(submission.pk)
    return {
        "number": at + 1,
        "of": f"{FAR} or more" if len(waiting) == FAR else len(waiting),
        "next": waiting[at + 1] if at + 1 < len(waiting) else None,
    }
