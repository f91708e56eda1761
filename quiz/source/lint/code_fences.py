"""X001: YAML, HCL and shell fences parse; Dockerfile lines start with an instruction."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import yaml

from quiz.source.lint.source import Source, is_fragment
from quiz.source.question import Finding

NEEDS = "hcl2"
CODES: Final[Mapping[str, str]] = {"X001": "YAML, HCL, shell and Dockerfile fences parse."}
_PLACEHOLDER = re.compile(r"<[\w .|:/-]+>")
# https://docs.docker.com/reference/dockerfile/
_DOCKER_INSTRUCTIONS: Final = frozenset(
    """ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL
    USER VOLUME WORKDIR""".split()
)


def check(source: Source) -> Iterator[Finding]:
    for path, fence in source.fences(*_PARSERS):
        complaint = "" if is_fragment(fence) else _PARSERS[fence.language](fence.text)
        if complaint:
            yield Finding(path, fence.line, "X001", f"this {fence.language} does not parse: {complaint}")


class _CloudFormationLoader(yaml.SafeLoader):
    """YAML with tags of any name, as CloudFormation's !Ref and !Sub."""


def _any_tag(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node)
    return loader.construct_mapping(node) if isinstance(node, yaml.MappingNode) else None


_CloudFormationLoader.add_multi_constructor("!", _any_tag)


def _yaml(text: str) -> str:
    try:
        list(yaml.load_all(text, Loader=_CloudFormationLoader))
    except yaml.YAMLError as error:
        return str(error).splitlines()[0]
    return ""


def _hcl(text: str) -> str:
    import hcl2

    try:
        hcl2.loads(text + "\n")
    except Exception as error:  # the parser raises several kinds
        return str(error).splitlines()[0]
    return ""


def _shell(text: str) -> str:
    bash = shutil.which("bash")
    if bash is None:
        return ""
    script = _PLACEHOLDER.sub("placeholder", text)
    done = subprocess.run([bash, "-n"], input=script, capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[0].removeprefix("bash: ") if done.returncode else ""


def _dockerfile(text: str) -> str:
    lines = re.sub(r"\\\n", " ", text).splitlines()
    for line in lines:
        word = line.split()[0] if line.split() else "#"
        if not word.startswith("#") and word.upper() not in _DOCKER_INSTRUCTIONS:
            return f"`{word}` is no instruction"
    return ""


_PARSERS: Final[dict[str, Callable[[str], str]]] = {
    "yaml": _yaml,
    "yml": _yaml,
    "hcl": _hcl,
    "terraform": _hcl,
    "bash": _shell,
    "sh": _shell,
    "dockerfile": _dockerfile,
}
