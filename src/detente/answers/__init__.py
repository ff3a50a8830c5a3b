"""What answers are made of: each a type, each key with its words.

These types are the one declaration of an answer's keys. Makers are checked against them, and the
OpenAPI document is made from them. They are imported for checking alone, or by what describes
answers; no answer loads them.
"""
