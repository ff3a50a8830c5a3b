"""The ground: what every room repeats, and no rule of law. Reach for it before writing a helper."""
