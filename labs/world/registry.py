"""Image repositories, read from moto."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from labs.world.moto_access import backend

_ECR = re.compile(
    r"(?P<host>(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com)/(?P<rest>.+)", re.ASCII
)


@dataclass(frozen=True)
class Reference:
    """An image reference taken apart. `account` and `region` are empty for a registry other than ECR."""

    text: str
    host: str
    account: str
    region: str
    repository: str
    tag: str
    digest: str

    def at(self, digest: str) -> Reference:
        """The same repository by digest."""
        name = self.text.partition("@")[0]
        return replace(self, text=f"{name}@{digest}", tag="", digest=digest)

    @property
    def in_ecr(self) -> bool:
        return bool(self.account)

    @property
    def repository_arn(self) -> str:
        return f"arn:aws:ecr:{self.region}:{self.account}:repository/{self.repository}"


@dataclass(frozen=True)
class Repository:
    arn: str
    policy: dict[str, Any] | None


@dataclass(frozen=True)
class Image:
    digest: str
    tags: tuple[str, ...]
    size: int  # bytes of its layers, as they travel


def parse_reference(text: str) -> Reference:
    """Take `host/repository:tag@digest` apart; without tag and digest the tag is "latest"."""
    match = _ECR.fullmatch(text)
    host, account, region, rest = (
        match.group("host", "account", "region", "rest") if match else ("", "", "", text)
    )
    rest, _, digest = rest.partition("@")
    repository, _, tag = rest.rpartition(":") if ":" in rest.rsplit("/", 1)[-1] else (rest, "", "")
    return Reference(text, host, account, region, repository, tag or ("" if digest else "latest"), digest)


def _size(image: Any) -> int:
    layers = json.loads(image.image_manifest).get("layers", ())
    return sum(int(layer.get("size", 0)) for layer in layers)


def _image(image: Any) -> Image:
    return Image(image.image_digest, tuple(image.image_tags), _size(image))


def _policy(repository: Any) -> dict[str, Any]:
    text = repository.lifecycle_policy
    return dict(json.loads(text)) if text else {}


def count_layers_as_size() -> None:
    """Let DescribeImages show what the layers weigh; moto shows the size of the image's configuration."""
    from moto.ecr.models import Image as Held

    held: Any = Held
    held.get_image_size_in_bytes = _size


@dataclass(frozen=True)
class Stored:
    """A repository with all its images. `policy` is the lifecycle policy, empty if there is none."""

    name: str
    arn: str
    account: str
    region: str
    policy: dict[str, Any]
    images: tuple[Image, ...]


class Registry:
    """ECR, in any account and region."""

    def repository(self, reference: Reference) -> Repository | None:
        found = self._repository(reference)
        if found is None:
            return None
        return Repository(reference.repository_arn, json.loads(found.policy) if found.policy else None)

    def image(self, reference: Reference) -> Image | None:
        """The image that the reference names: by digest if it has one, else by tag."""
        found = self._repository(reference)
        for image in found.images if found is not None else ():
            if (
                image.image_digest == reference.digest
                if reference.digest
                else reference.tag in image.image_tags
            ):
                return _image(image)
        return None

    def stored(self, account: str, region: str) -> list[Stored]:
        """All repositories of an account."""
        return [
            Stored(name, found.arn, account, region, _policy(found), tuple(map(_image, found.images)))
            for name, found in backend("ecr", account, region).repositories.items()
        ]

    def expire(self, repository: Stored, digests: Iterable[str]) -> None:
        """Take these images out of the repository, with all their tags."""
        held = backend("ecr", repository.account, repository.region).repositories[repository.name]
        gone = set(digests)
        held.images[:] = [image for image in held.images if image.image_digest not in gone]

    def date(self, repository: Stored, pushed: Mapping[str, datetime]) -> None:
        """Let images show these dates of their push, by digest."""
        held = backend("ecr", repository.account, repository.region).repositories[repository.name]
        for image in held.images:
            image.image_pushed_at = int(pushed[image.image_digest].timestamp())

    @staticmethod
    def _repository(reference: Reference) -> Any:
        return backend("ecr", reference.account, reference.region).repositories.get(reference.repository)
