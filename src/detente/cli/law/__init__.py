"""Commands about the law itself: measures, days, events, the truce, records of the user."""
