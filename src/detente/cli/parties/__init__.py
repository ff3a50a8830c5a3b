"""Commands about who is on the other side: lists, screening, owners, licences."""
