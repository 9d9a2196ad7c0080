"""The legal record handed out: of one pupil or a whole school, to read, to print and as a table.

`records` gathers it, `tables` writes it as CSV, `actions` says who may take it and puts every
taking into the history. Holds are in none of it: what is handed out shows what families answered.
"""
