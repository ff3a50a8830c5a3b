"""The command ``detente``: reads a question, prints an answer. No rule and no arithmetic here."""
