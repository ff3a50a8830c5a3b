"""The scripts of three shells, from the same commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from detente.cli.completion_tree import FILE, CommandOption, ShellCommand

HEAD = "# Completion of detente. Made by `detente completion {}`: make it again after an update.\n"

BASH = """
_detente() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local path="" at words="" files=""
    for ((at = 1; at < COMP_CWORD && at < 3; at++)); do
        case " $_detente_paths " in
            *" $path${path:+/}${COMP_WORDS[at]} "*) path+=${path:+/}${COMP_WORDS[at]} ;;
            *) break ;;
        esac
    done
    _detente_after "$path" "$before" || _detente_within "$path" "$word"
    COMPREPLY=($(compgen -W "$words" -- "$word"))
    if [ -n "$files" ]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen -f -- "$word"))
    fi
}
complete -F _detente detente
"""

ZSH = """
_detente() {
    local word=${words[CURRENT]} before=${words[CURRENT-1]} way="" at files=""
    local -a found
    for ((at = 2; at < CURRENT && at < 4; at++)); do
        case " $_detente_paths " in
            *" $way${way:+/}${words[at]} "*) way+=${way:+/}${words[at]} ;;
            *) break ;;
        esac
    done
    _detente_after "$way" "$before" || _detente_within "$way" "$word"
    (( ${#found} )) && _describe 'detente' found
    [[ -n $files ]] && _files
    return 0
}
compdef _detente detente
"""
"""``path`` is the shell's own there: its name must not be used."""


def _paths(commands: Iterable[ShellCommand]) -> str:
    return " ".join("/".join(each.path) for each in commands)


def bash(commands: Sequence[ShellCommand]) -> str:
    """The script of bash."""

    def put(pairs: Iterable[tuple[str, str]], files: bool) -> str:
        words = " ".join(word for word, _ in pairs)
        return f"words='{words}'" + ("; files=yes" if files else "")

    return HEAD.format("bash") + _cases(commands, put) + BASH


def zsh(commands: Sequence[ShellCommand]) -> str:
    """The script of zsh, with what each word means."""

    def put(pairs: Iterable[tuple[str, str]], files: bool) -> str:
        words = " ".join(_quoted(f"{word}:{help}" if help else word) for word, help in pairs)
        return f"found=({words})" + ("; files=yes" if files else "")

    return "#compdef detente\n" + HEAD.format("zsh") + _cases(commands, put) + ZSH


def _cases(
    commands: Sequence[ShellCommand], put: Callable[[Iterable[tuple[str, str]], bool], str]
) -> str:
    """What may follow an option, and what may stand within a command, as two functions."""
    after, within = [], []
    tops = [(each.path[0], each.help) for each in commands if len(each.path) == 1]
    help_of = {each.path: each.help for each in commands}
    for each in commands:
        path = "/".join(each.path)
        for option in each.options:
            if option.takes:
                names = "|".join(f"'{path} {name}'" for name in option.names)
                files = option.words == (FILE,)
                words = [] if files else [(word, "") for word in option.words]
                after.append(f"        {names}) {put(words, files)} ;;")
        options = [(name, option.help) for option in each.options for name in option.names]
        within.append(f"        '{path} -'*) {put(options, False)} ;;")
        verbs = [(verb, help_of[(*each.path, verb)]) for verb in each.verbs]
        within.append(f"        '{path} '*) {put(verbs, each.takes_file)} ;;")
    within.append(f"        ' '*) {put(tops, False)} ;;")
    lines = ["", f"_detente_paths='{_paths(commands)}'", "", "_detente_after() {",
             '    case "$1 $2" in', *after, "        *) return 1 ;;", "    esac", "}", "",
             "_detente_within() {", '    case "$1 $2" in', *within, "    esac", "}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def fish(commands: Sequence[ShellCommand]) -> str:
    """The script of fish: a line for each word, with the condition under which it may stand."""
    lines = [HEAD.format("fish").rstrip(), "complete -c detente -f"]
    for each in commands:
        if len(each.path) == 1:
            name, help = each.path[0], _quoted(each.help)
            lines.append(f"complete -c detente -n __fish_use_subcommand -a {name} -d {help}")
        # A verb is looked for beside its command: `list` is a verb of several.
        seen = "; and ".join(f"__fish_seen_subcommand_from {word}" for word in each.path)
        when = f"complete -c detente -n {_quoted(seen)}"
        if each.verbs:
            lines.append(f"{when} -a {_quoted(' '.join(each.verbs))}")
        if each.takes_file:
            lines.append(f"{when} -F")
        lines.extend(f"{when} {_fish_option(option)}" for option in each.options)
    return "\n".join(lines) + "\n"


def _fish_option(option: CommandOption) -> str:
    parts = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"
             for name in option.names]  # fmt: skip
    if option.takes:
        if option.words == (FILE,):
            parts.append("-r -F")
        elif option.words:
            parts.append(f"-x -a {_quoted(' '.join(option.words))}")
        else:
            parts.append("-x")
    return f"{' '.join(parts)} -d {_quoted(option.help)}"


def _quoted(text: str) -> str:
    """A text between single quotes, as all three shells read it; help is kept to one line."""
    # Without quotation marks or backslashes of its own a text cannot end its quotation.
    plain = " ".join(text.split()).replace("\\", "").replace("'", "’")
    return f"'{plain}'"


SCRIPTS: dict[str, Callable[[Sequence[ShellCommand]], str]] = {
    "bash": bash,
    "zsh": zsh,
    "fish": fish,
}
