"""Image manifests for pushes into the lab's registry. Nothing here needs moto: the CLI reads it, too."""

from __future__ import annotations

import json


def manifest(image: str, megabytes: int = 40) -> str:
    """A manifest that is different for each image."""
    kind = "application/vnd.docker.distribution.manifest.v2+json"
    config = {
        "mediaType": "application/vnd.docker.container.image.v1+json",
        "size": 7023,
        "digest": f"sha256:{image.encode().hex():0<64.64}",
    }
    layer = {
        "mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
        "size": megabytes << 20,
        "digest": f"sha256:{image.encode().hex():0>64.64}",
    }
    return json.dumps({"schemaVersion": 2, "mediaType": kind, "config": config, "layers": [layer]})
