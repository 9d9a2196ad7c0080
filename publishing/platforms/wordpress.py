"""WordPress over its REST API with an application password (platforms §1.2, §3.7).

A draft first, the photos as its attachments, and one last call that makes it public: until then
nothing can be seen or listed, and only that call can end *unclear*. WordPress has no protection
against doubles, so the slug is our own key and is looked for before anything is made. Whatever was
uploaded hangs on the draft, so it is found and removed even when an answer was lost.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.utils.html import urlize

from publishing.platforms import web
from publishing.platforms.shape import (
    Account,
    AccountFacts,
    Capabilities,
    Content,
    Gone,
    NotSent,
    Photo,
    Published,
    Rejected,
    Remember,
    Unclear,
)
from publishing.platforms.wordpress_rest import NO_RIGHT, Site, number_of

# One try and its tidying together stay below Celery's soft limit.
TRY_SECONDS, TIDY_SECONDS = 65.0, 15.0
_NOT_PUBLIC = "The post is on the website but not public. Look at it there."
_WHICH = "GoLive does not know which post this is. Take it down on the website, then say so here."
_BARE = "The website took the post but not all of its photos."
_LEFT = "A draft with its photos may be left on the website, not public. Delete it there."

# By the photo's hash: {"id": 7, "url": "https://...", "alt": "..."}.
Media = dict[str, dict[str, Any]]


class WordPress:
    """One website."""

    capabilities = Capabilities()

    def publish(
        self, content: Content, *, account: Account, remember: Remember, remembered: dict[str, Any]
    ) -> Published:
        """Look, draft, upload what is not there yet, make public, compare."""
        site = Site(account, TRY_SECONDS)
        posts = _look(site, slug(content))
        if (live := _live(posts)) is not None:
            return _published(live)
        number, media = _begin(site, content, posts, remembered)
        remember({"slug": slug(content), "post": number, "media": media})
        try:
            for photo in content.photos:
                if photo.sha256 not in media:
                    media[photo.sha256] = _upload(site, photo, number)
                    remember({"media": media})
            return _shown(site, content, number, media)
        except Rejected as error:
            if _tidied(account, number, media):
                remember({"post": None, "media": {}})
                raise
            raise Rejected(f"{error} {_LEFT}", reconnect=error.reconnect) from error

    def find(
        self, content: Content, *, account: Account, remembered: dict[str, Any]
    ) -> Published | None:
        """By slug. A draft is an unfinished try of ours, and the bin does not count."""
        live = _live(_look(Site(account, TRY_SECONDS), slug(content)))
        return _published(live) if live else None

    def take_down(self, remote_id: str, *, account: Account, remembered: dict[str, Any]) -> Gone:
        """The post and every photo that came with it, then look: 404 is the proof."""
        site = Site(account, TRY_SECONDS)
        posts = {int(n) for n in (remote_id, str(remembered.get("post", ""))) if n.isdecimal()}
        if remembered.get("slug"):
            posts |= {number_of(post) for post in _look(site, str(remembered["slug"]))}
        if remote_id and not posts:
            raise Rejected(_WHICH)
        media = remembered.get("media", {}).values()
        photos = _remove(site, posts, {int(item["id"]) for item in media})
        for path in [*(f"posts/{n}" for n in posts), *(f"media/{n}" for n in photos)]:
            site.gone(path)
        for url in [remote_id, *(str(item["url"]) for item in media)]:
            if url.startswith("http") and _is_public(url):
                raise Unclear("The website still shows it after it was deleted.")
        return Gone({"posts": sorted(posts), "media": sorted(photos)})

    def test(self, account: Account) -> AccountFacts:
        """Who are we there, and may we publish?"""
        try:
            me = _must_be_author(Site(account, TRY_SECONDS))
        except (NotSent, Rejected, Unclear) as error:
            return AccountFacts(ok=False, sentence=str(error))
        name, roles = str(me.get("name", "")), ", ".join(str(r) for r in me.get("roles") or [])
        return AccountFacts(True, f"Connected as {name} ({roles}).", name, roles)


def slug(content: Content) -> str:
    """Our own key as WordPress keeps it."""
    return f"golive-{content.key.lower()}"


# ── what is written there ────────────────────────────────────────────────────────────────────────
def html(content: Content, media: Media) -> str:
    """Paragraphs and figures in block markup. WordPress does not copy alt text into the page, so
    it stands in both places."""
    parts = [
        f"<!-- wp:paragraph -->\n<p>{_words(paragraph)}</p>\n<!-- /wp:paragraph -->"
        for paragraph in content.text.replace("\r\n", "\n").split("\n\n")
        if paragraph.strip()
    ]
    for photo in content.photos:
        item = media[photo.sha256]
        number = int(item["id"])
        parts.append(
            f'<!-- wp:image {{"id":{number}}} -->\n<figure class="wp-block-image">'
            f'<img src="{escape(item["url"])}" alt="{_no_shortcode(escape(_alt(photo)))}" '
            f'class="wp-image-{number}" width="{photo.width}" height="{photo.height}">'
            "</figure>\n<!-- /wp:image -->"
        )
    return "\n\n".join(parts)


def _words(paragraph: str) -> str:
    """Escaped, with links: a bare address in a paragraph of its own would become an embed of
    somebody else's page."""
    linked = urlize(paragraph.strip("\n"), nofollow=True, autoescape=True)
    return _no_shortcode(linked.replace("\n", "<br>"))


def _no_shortcode(markup: str) -> str:
    """`[gallery]` is a command to WordPress and a word to us."""
    return markup.replace("[", "&#91;")


def _title(content: Content) -> str:
    return _no_shortcode(escape(content.title or content.text[:60], quote=False))


def _alt(photo: Photo) -> str:
    return "" if photo.decorative else photo.alt


# ── the steps ────────────────────────────────────────────────────────────────────────────────────
def _look(site: Site, name: str) -> list[dict[str, Any]]:
    """Every post of that slug but those in the bin."""
    status = "publish,future,draft,pending,private"
    try:
        found = site.items("posts", slug=name, status=status)
    except Rejected:
        # To a stranger WordPress says 400 here: whoever we are there says what is wrong.
        _must_be_author(site)
        raise
    return [post for post in found if post.get("slug") == name]


def _must_be_author(site: Site) -> dict[str, Any]:
    """Who we are there. Raises `Rejected` when we are nobody, or may not publish."""
    me = site.ask("GET", "users/me", params={"context": "edit"})
    able = me.get("capabilities") or {}
    if not (able.get("publish_posts") and able.get("upload_files")):
        raise Rejected(f"{me.get('name', 'This account')} may not publish there. {NO_RIGHT}")
    return me


def _live(posts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The public one. Raises `Unclear` when somebody or something there holds it back."""
    for post in posts:
        if post.get("status") == "publish":
            return post
    if any(post.get("status") != "draft" for post in posts):
        raise Unclear(_NOT_PUBLIC)
    return None


def _begin(
    site: Site, content: Content, drafts: list[dict[str, Any]], remembered: dict[str, Any]
) -> tuple[int, Media]:
    """The draft to fill and the photos it has: an earlier try's, or a new one."""
    media: Media = dict(remembered.get("media", {}))
    mine = {number_of(draft) for draft in drafts} & {remembered.get("post")}
    _remove(site, {number_of(draft) for draft in drafts} - mine, set())
    if mine:
        number = mine.pop()
        there, wanted = _attached(site, number), {p.sha256: _alt(p) for p in content.photos}
        media = {
            sha: item
            for sha, item in media.items()
            if item["id"] in there and wanted.get(sha) == item["alt"]
        }
        _remove(site, set(), there - {item["id"] for item in media.values()})
        return number, media
    body = {"title": _title(content), "slug": slug(content), "status": "draft"}
    return number_of(site.ask("POST", "posts", expect=201, json=body)), {}


def _upload(site: Site, photo: Photo, post: int) -> dict[str, Any]:
    """One photo with its alt text, attached to the draft."""
    item = site.ask(
        "POST",
        "media",
        expect=201,
        files={"file": (photo.file_name, photo.data, photo.media_type)},
        data={"alt_text": _alt(photo), "post": str(post)},
    )
    if not isinstance(item.get("source_url"), str):
        raise NotSent("The website took a photo but did not say where it is.")
    return {"id": number_of(item), "url": item["source_url"], "alt": _alt(photo)}


def _shown(site: Site, content: Content, number: int, media: Media) -> Published:
    """Make it public; when the answer was lost, look once at what came of it."""
    try:
        post = _make_public(site, content, number, media)
    except Unclear as lost:
        try:
            post = site.ask("GET", f"posts/{number}", params={"context": "edit"})
        except (NotSent, Rejected):
            raise lost from None
        if post.get("status") == "draft":
            # It may be on its way still.
            raise
    ids = [media[photo.sha256]["id"] for photo in content.photos]
    return _compared(post, number, ids)


def _make_public(site: Site, content: Content, number: int, media: Media) -> dict[str, Any]:
    """The one call after which the public may see it."""
    body: dict[str, Any] = {
        "title": _title(content),
        "content": html(content, media),
        "status": "publish",
    }
    if content.photos:
        body["featured_media"] = media[content.photos[0].sha256]["id"]
    return site.ask("POST", f"posts/{number}", final=True, json=body)


def _compared(post: dict[str, Any], number: int, photos: list[int]) -> Published:
    """What the website says it has is what it was given, or a person looks."""
    if post.get("id") != number or not isinstance(post.get("link"), str):
        raise Unclear("The website said yes but not where the post is.")
    if post.get("status") != "publish":
        raise Unclear(_NOT_PUBLIC)
    kept = str((post.get("content") or {}).get("raw", ""))
    if photos and post.get("featured_media") != photos[0]:
        raise Unclear(_BARE)
    if any(f'wp-image-{n}"' not in kept for n in photos):
        raise Unclear(_BARE)
    return _published(post)


def _attached(site: Site, post: int) -> set[int]:
    return {number_of(item) for item in site.items("media", parent=str(post))}


def _remove(site: Site, posts: set[int], photos: set[int]) -> set[int]:
    """Delete for good, photos before the post that names them. Returns all photos concerned."""
    photos = photos.union(*(_attached(site, number) for number in posts))
    for path in [*(f"media/{n}" for n in photos), *(f"posts/{n}" for n in posts)]:
        site.ask("DELETE", path, or_gone=True, params={"force": "true"})
    return photos


def _tidied(account: Account, number: int, media: Media) -> bool:
    """Is everything gone that this try had made?"""
    try:
        _remove(Site(account, TIDY_SECONDS), {number}, {item["id"] for item in media.values()})
    except (NotSent, Rejected):
        return False
    return True


def _is_public(url: str) -> bool:
    """Does anybody get it? Asked without our password."""
    try:
        return web.ask("GET", url, seconds=TIDY_SECONDS).status == 200
    except (NotSent, Rejected):
        return False


def _published(post: dict[str, Any]) -> Published:
    return Published(str(number_of(post)), str(post.get("link", "")))
