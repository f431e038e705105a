"""Where the files of a drop lie: in a folder of ours, or in a bucket."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from subjects.systems.base import ReadError, UnreachableError

SECONDS = 30  # to connect to a bucket, and between two pieces of a file
TRIES = 3


class Place(Protocol):
    """A place with files, which are read from a folder."""

    @property
    def folder(self) -> Path:
        """The folder in which the files that were fetched are read."""
        ...

    def files(self, pattern: str) -> list[Path]:
        """Return the files whose name matches, in order of their names.

        Raises:
            UnreachableError: the place cannot be reached.

        """
        ...

    def close(self) -> None:
        """Let go of what was fetched."""
        ...


class Folder:
    """A folder of this machine; what a link in it leads to elsewhere is not read."""

    def __init__(self, key: str, folder: Path) -> None:
        self._key = key
        self.folder = folder

    def files(self, pattern: str) -> list[Path]:
        """Return the files of the folder whose name matches."""
        if not self.folder.is_dir():
            raise UnreachableError(
                f"{self._key}: there is no folder {self.folder}; mount it, or correct "
                "its path"
            )
        home = self.folder.resolve()
        try:
            found = [path for path in sorted(home.glob(pattern)) if path.is_file()]
        except OSError as error:
            raise UnreachableError(
                f"{self._key}: the folder {self.folder} cannot be read "
                f"({error.strerror}); check its permissions"
            ) from None
        for path in found:
            if not path.resolve().is_relative_to(home):
                raise ReadError(
                    f"{self._key}: {path.name} is a link out of {self.folder}; put the "
                    "file itself there"
                )
        return found

    def close(self) -> None:
        """There is nothing to let go of."""


class Bucket:
    """A bucket of S3, or of what speaks like it; its files are fetched to be read."""

    def __init__(
        self, key: str, bucket: str, prefix: str, options: Mapping[str, Any]
    ) -> None:
        self._key, self._bucket, self._prefix = key, bucket, prefix
        self._options = options
        self._fetched: TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path:
        """A folder of our own, made when it is first asked for."""
        if self._fetched is None:
            self._fetched = TemporaryDirectory(prefix="rightsdesk-bucket-")
        return Path(self._fetched.name)

    def files(self, pattern: str) -> list[Path]:
        """Fetch the files whose name, below the prefix, matches."""
        try:
            return sorted(self._fetch(pattern))
        except OSError as error:
            raise ReadError(
                f"{self._key}: a file of the bucket cannot be kept while it is read "
                f"({error.strerror}); is there space?"
            ) from None

    def _fetch(self, pattern: str) -> Iterator[Path]:
        try:
            from boto3 import client  # noqa: PLC0415  # wanted by few
            from botocore.config import Config  # noqa: PLC0415
            from botocore.exceptions import (  # noqa: PLC0415
                BotoCoreError,
                ClientError,
            )
        except ImportError:
            raise UnreachableError(
                f"{self._key}: boto3 is not installed; install rightsdesk[s3]"
            ) from None
        patience = Config(
            connect_timeout=SECONDS,
            read_timeout=SECONDS,
            retries={"total_max_attempts": TRIES},
        )
        try:
            s3 = client("s3", config=patience, **self._options)
            pages = s3.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix
            )
            for page in pages:
                for found in page.get("Contents", ()):
                    name = found["Key"].removeprefix(self._prefix)
                    if "/" not in name and fnmatchcase(name, pattern):
                        path = self.folder / name
                        s3.download_file(self._bucket, found["Key"], str(path))
                        yield path
        except (BotoCoreError, ClientError) as error:
            raise UnreachableError(
                f"{self._key}: the bucket {self._bucket} cannot be read "
                f"({type(error).__name__}); check its name, its endpoint and our keys"
            ) from None

    def close(self) -> None:
        """Delete what was fetched."""
        if self._fetched is not None:
            self._fetched.cleanup()
            self._fetched = None
