"""The server extension's API over HTTP, by the names and types of the contract."""

from __future__ import annotations

import re
import urllib.parse
from dataclasses import dataclass
from typing import Any

import msgspec
import requests

from jupyterlab_gitlab.contract.errors import STATUS, ErrorReply
from jupyterlab_gitlab.contract.operations import BY_NAME, PREFIX

PATH_PARAMETERS = re.compile(r"\{(\w+)\}")


class FailedError(Exception):
    """A failure in the contract's shape; a failure in any other shape is a test's failure at once."""

    def __init__(self, response: requests.Response) -> None:
        self.status = response.status_code
        self.headers = response.headers
        self.reply = msgspec.json.decode(response.content, type=ErrorReply)
        self.code = self.reply.code.value
        assert self.status == STATUS[self.reply.code]
        assert self.reply.message
        super().__init__(f"{self.status} {self.code}: {self.reply.message} ({self.reply.hint}) {self.reply.details}")


@dataclass
class Api:
    """One Jupyter server. *folder* is what operations are about unless they say otherwise."""

    url: str
    token: str
    folder: str = ""

    def __post_init__(self) -> None:
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"token {self.token}"

    def at(self, folder: str) -> Api:
        """The same server, another folder."""
        return Api(self.url, self.token, folder)

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        """A request below the API's prefix, as it comes."""
        return self.session.request(method, self.url.rstrip("/") + PREFIX + path, timeout=120, **options)

    def response(self, name: str, body: Any = None, **parameters: Any) -> requests.Response:
        """The raw reply of an operation."""
        operation = BY_NAME[name]
        path = PATH_PARAMETERS.sub(
            lambda found: urllib.parse.quote(str(parameters.pop(found[1])), safe=""), operation.path
        )
        if "folder" in operation.params.__struct_fields__:
            parameters.setdefault("folder", self.folder)
        if operation.body is bytes:
            return self.send(operation.method, path, params=parameters, data=body)
        return self.send(operation.method, path, params=parameters, json=body if operation.body is not None else None)

    def __call__(self, name: str, body: Any = None, **parameters: Any) -> Any:
        """The decoded reply of an operation; raises FailedError."""
        operation = BY_NAME[name]
        response = self.response(name, body, **parameters)
        if response.status_code != operation.status:
            raise FailedError(response)
        if operation.reply is bytes:
            return response.content
        return msgspec.json.decode(response.content, type=operation.reply)
