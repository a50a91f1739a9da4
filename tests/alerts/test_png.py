"""A lighter image is the same image."""

import struct
import zlib

from alerts.png import SIGNATURE, recompressed


def _chunks(image: bytes) -> list[tuple[bytes, bytes]]:
    chunks, position = [], len(SIGNATURE)
    while position < len(image):
        length, kind = struct.unpack_from(">I4s", image, position)
        data = image[position + 8 : position + 8 + length]
        (crc,) = struct.unpack_from(">I", image, position + 8 + length)
        assert crc == zlib.crc32(kind + data)
        chunks.append((kind, data))
        position += 12 + length
    return chunks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_pixels_and_other_chunks_are_kept_and_bytes_are_saved() -> None:
    header = struct.pack(">IIBBBBB", 64, 64, 8, 6, 0, 0, 0)
    pixels = b"".join(b"\0" + bytes([row, 20, 60, 255]) * 64 for row in range(64))
    stored = zlib.compress(pixels, 0)
    image = (
        SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", stored[:5000])
        + _chunk(b"IDAT", stored[5000:])
        + _chunk(b"tEXt", b"Title\0Note")
        + _chunk(b"IEND", b"")
    )
    lighter = recompressed(image)
    assert lighter.startswith(SIGNATURE)
    kinds = [kind for kind, _ in _chunks(lighter)]
    assert kinds == [b"IHDR", b"IDAT", b"tEXt", b"IEND"]
    assert zlib.decompress(dict(_chunks(lighter))[b"IDAT"]) == pixels
    assert dict(_chunks(lighter))[b"IHDR"] == header
    assert len(lighter) < len(image) / 10
