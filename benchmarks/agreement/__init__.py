"""Our rates beside independent encodings: every disagreement has a cause that someone decided."""
