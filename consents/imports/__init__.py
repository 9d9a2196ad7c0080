"""From a file of the school's system to children, parents and permissions.

Read (`reading`) → find the columns (`headings`) → understand the cells (`values`, `upn`, `rows`) →
compare with what is known (`known`, `matching`, `answers`, `plan`) → show, then write (`writing`).
Everything up to `plan` only reads. A file never grants by omission, never withdraws by omission,
and never turns a no into a yes.
"""
