"""``detente completion``: a script that completes commands, verbs, options and their words."""

from __future__ import annotations

from detente.cli.options import parser

EXAMPLES = """  detente completion bash > ~/.local/share/bash-completion/completions/detente
  detente completion zsh > ~/.zfunc/_detente          (a folder of $fpath, before compinit)
  detente completion fish > ~/.config/fish/completions/detente.fish

The script is made of what the commands declare: make it again after an update."""

SHELLS = ("bash", "zsh", "fish")


def run(words: list[str]) -> int:
    """Print the script for a shell."""
    command = parser("completion", "What a shell needs to complete commands.", EXAMPLES)
    command.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")
    options = command.parse_args(words)
    from detente.cli.completion_scripts import SCRIPTS
    from detente.cli.completion_tree import commands

    print(SCRIPTS[options.shell](list(commands())), end="")
    return 0
