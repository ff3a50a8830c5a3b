"""A table of business partners, screened again and again, with what people decided of it.

Reach for ``screened.screen_master`` to screen a table of any kind and sort it by what follows, for
``decisions.Decisions`` to keep and look up who was cleared and why, and for ``kept.Masters`` to
keep a table and hear what changed when the lists did. ``job.screen`` is the work in the background.
"""
