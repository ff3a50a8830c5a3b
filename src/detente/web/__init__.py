"""Pages for people: one form to one answer, rendered on the server, without a script.

Reach for this room to change what a reader sees. A page is a view of an answer under the keys of
the interface: templates in `templates/`, one style sheet in `static/`, and small modules that lay
an answer out for them. No rule and no arithmetic but the geometry of a drawing.
"""
