"""Work in the background: files of people that take longer than a request may.

A job is a folder with the file that was sent, its state, the parts that are finished and, at the
end, the results. One process of the machine works through the queue; each job runs in a process of
its own within a ``Budget``. A job that was interrupted goes on after its last finished part. What a
person sent is removed when they ask, and by itself some hours after the end.

Reach for ``shelf.Jobs`` to submit, look at and remove jobs, and for ``work.Work`` to write what a
job does: a function that is given its ``Work``.
"""
