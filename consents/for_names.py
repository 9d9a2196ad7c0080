"""What coverage says of names, as `Permissions.permits_name` reads them: the full name covers the
first, and where the first is refused neither may be used."""

from __future__ import annotations

from consents.models import Kind

# A yes to the full name covers the first name, unless the first name is refused.
_FIRST = """(
  SELECT child_id, platform_id, 'first_name' AS kind,
         COALESCE(MAX(CASE WHEN kind = 'first_name' THEN yes_id END),
                  MAX(CASE WHEN kind = 'full_name' AND says_no = 0 THEN yes_id END)) AS yes_id,
         MAX(CASE WHEN kind = 'first_name' THEN says_no ELSE 0 END) AS says_no,
         MAX(CASE WHEN kind = 'first_name' THEN a_yes ELSE 0 END) AS a_yes,
         MAX(CASE WHEN kind = 'first_name' THEN a_no ELSE 0 END) AS a_no,
         MAX(CASE WHEN kind = 'first_name' THEN a_live ELSE 0 END) AS a_live,
         MAX(CASE WHEN kind = 'first_name' THEN ended ELSE 0 END) AS ended,
         MAX(CASE WHEN kind = 'first_name' THEN stopped ELSE 0 END) AS stopped,
         MAX(CASE WHEN says_no = 0 AND yes_id IS NOT NULL THEN last_day END) AS last_day{covered}
  FROM folded GROUP BY child_id, platform_id
  HAVING MAX(CASE WHEN kind = 'first_name' THEN 1 ELSE 0 END) = 1
      OR MAX(CASE WHEN says_no = 0 AND yes_id IS NOT NULL THEN 1 ELSE 0 END) = 1) covered
"""

# Of a yes to the full name that the first name's refusal stands against, the first name tells why;
# also once that yes has ended, which changed nothing.
_FULL = """(
  SELECT * FROM (
    SELECT f.*,
           MAX(CASE WHEN kind = 'full_name' AND says_no = 0
                      AND (yes_id IS NOT NULL OR ended = 1)
                 THEN 1 ELSE 0 END) OVER pair AS full_yes,
           MAX(CASE WHEN kind = 'first_name' THEN says_no ELSE 0 END) OVER pair AS nameless
    FROM folded f WINDOW pair AS (PARTITION BY child_id, platform_id)) both_names
  WHERE kind = CASE WHEN full_yes = 1 AND nameless = 1 THEN 'first_name' ELSE 'full_name' END) named
"""


def told_from(kind: str, covered: str) -> str:
    """Where the lines stand that tell about a kind; `covered`: the columns of its purposes."""
    if kind == Kind.FIRST_NAME:
        return _FIRST.format(covered=covered)
    return _FULL if kind == Kind.FULL_NAME else "folded"
