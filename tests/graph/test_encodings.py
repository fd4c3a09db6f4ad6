"""The bytes of a file become text in the encodings that offices use, or nothing."""

from __future__ import annotations

import pytest

from graph.encodings import decoded

TEXT = "企业名称,代码\r\n示例齿轮,1"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (TEXT.encode("utf-8-sig"), TEXT),
        (TEXT.encode("gb18030"), TEXT),
        (TEXT.encode("utf-16"), TEXT),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
        (b"", ""),
        (b"\xff\xfe\x01", None),
        (b"\x89PNG\xff", None),
    ],
    ids=["utf-8", "utf-8 with mark", "gbk", "utf-16", "utf-16 big-endian", "empty", "half a sign", "picture"],
)
def test_the_usual_encodings_are_told_apart(data: bytes, text: str | None) -> None:
    assert decoded(data) == text
