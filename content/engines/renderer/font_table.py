"""The private fonts: which file serves which family, how long it is, and its SHA-256.

Debian's 2020 faces are chosen on purpose. The Arabic of later Noto releases draws dots as separate
glyphs, after which the text of a PDF cannot be read back (97 % of words become 37 %). Debian
20201225-1 and -2 hold the same files. The Chinese, Japanese and Korean files are cut by
``content.engines.renderer.cjk`` with the pinned uharfbuzz and fonttools; other versions of these
libraries give other bytes, and this table must then be measured anew.
"""

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where a file comes from."""

    DEBIAN = "fonts-noto-core"
    CJK = "manimgx-fonts-cjk"


DEBIAN_PACKAGE = "fonts-noto-core_20201225-1_all.deb"
CJK_WHEEL = "manimgx_fonts_cjk-2026.9.26.post1-py3-none-any.whl"
CJK_REQUIREMENT = "manimgx-fonts-cjk==2026.9.26.post1"
CJK_WHEEL_SHA256 = "05d5584c73877f37427cf0ca8067f5bacea2b596c7be79e8aedd634bb9f2b666"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One file of the private folder; ``size`` in bytes, ``sha256`` in hexadecimal."""

    name: str
    size: int
    sha256: str
    source: Source = Source.DEBIAN


# fmt: off
FONT_FILES: dict[str, tuple[FontFile, ...]] = {
    "Noto Sans": (
        FontFile("NotoSans-Regular.ttf", 512_672, "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d"),
        FontFile("NotoSans-Bold.ttf", 515_752, "e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5"),
        FontFile("NotoSans-Italic.ttf", 530_120, "5d7618dda819443fd07301c84adcee9fe8960c873ea5e5e1f0f59db384b78082"),
    ),
    "Noto Naskh Arabic": (
        FontFile("NotoNaskhArabic-Regular.ttf", 175_792, "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb"),
        FontFile("NotoNaskhArabic-Bold.ttf", 181_192, "b5cbcb561b4b540ff11d7b6934577dbbbbb9e1d152d47f6f31f19176d58ff39c"),
    ),
    "Noto Nastaliq Urdu": (
        FontFile("NotoNastaliqUrdu-Regular.ttf", 570_552, "fe24c4a05b19482beac11e4b90a0f6754214f1cb5e925cf9e86b48283ac37522"),
        FontFile("NotoNastaliqUrdu-Bold.ttf", 590_824, "6b81290dc928bac40fa4b71370f4ef260ad8c33d17be38eab05376490077ebc4"),
    ),
    "Noto Sans Hebrew": (
        FontFile("NotoSansHebrew-Regular.ttf", 26_892, "436900d5ad77d33e4234247f3076eaecd25b92b9bea0519514f684140e3566a7"),
        FontFile("NotoSansHebrew-Bold.ttf", 27_156, "d3b01343f71e8a93fffb84c345a1aecbaf4694b98d0eaace916cb9eac9e6dcd3"),
    ),
    "Noto Sans Devanagari": (
        FontFile("NotoSansDevanagari-Regular.ttf", 229_336, "79a470365ccb210fa3c7d8d8ff2e005ef9d983cfd067f735a0caf7e15070ca9f"),
        FontFile("NotoSansDevanagari-Bold.ttf", 237_660, "77ad688cfe1dc55185bf4edb4db3c614202c65dd23a1463ad0e23fc52bcc9a5c"),
    ),
    "Noto Sans Bengali": (
        FontFile("NotoSansBengali-Regular.ttf", 201_964, "9bb35b3547829ecc42041b6017e87fd4c5f1da1edcd00f59171777050f346018"),
        FontFile("NotoSansBengali-Bold.ttf", 210_996, "22c9ff99baca4d31c531ce450a1369beed889467e1ad964f4b8a6f810aa46955"),
    ),
    "Noto Sans Tamil": (
        FontFile("NotoSansTamil-Regular.ttf", 72_608, "a7bb7f92f165479af2f0556c4fd669b74c5959f464f603e18389b532f4d07a71"),
        FontFile("NotoSansTamil-Bold.ttf", 75_740, "7ef7071ba2fad67dcae397dc7f5bfd4dbce69d86cdc453c2cc4abe640df0b442"),
    ),
    "Noto Sans Myanmar": (
        FontFile("NotoSansMyanmar-Regular.ttf", 196_608, "3fe9a4babc12081adc979e0313433e6ec85bb3ad069681c23ee8d8ea8b91332b"),
        FontFile("NotoSansMyanmar-Bold.ttf", 210_224, "e37e2ef189431020b1eaf4fb8d43252666dc24265d628145fff119613afea174"),
    ),
    "Noto Sans Khmer": (
        FontFile("NotoSansKhmer-Regular.ttf", 113_376, "bc9a5e2afcee249849e409aabe6e22330c479b878ea3e59bf5e7c84482d7ee53"),
        FontFile("NotoSansKhmer-Bold.ttf", 112_372, "cc74e7ac685da9a84e18b773ec8d80d06765aa1754bb14acc390c3620023c4dc"),
    ),
    "Noto Sans Thai": (
        FontFile("NotoSansThai-Regular.ttf", 37_744, "dfbd5ed0f1e68c3cbc51aa08f646d1ab0e68e7c4ceab70a69e465225ff701f93"),
        FontFile("NotoSansThai-Bold.ttf", 37_788, "97bbc8ea98328325285f2f552228c7aac1db39d8f38f0096a61ba7df1f1f780e"),
    ),
    "Noto Sans Lao": (
        FontFile("NotoSansLao-Regular.ttf", 31_136, "6c3de7db369e85cba20255d161eeeb3d934ea3c4c51e2574c2ddcce79a25025c"),
        FontFile("NotoSansLao-Bold.ttf", 32_396, "b87a8592f1cdd8b15e1e827967afd45a8c5ffc1123773bc4bd023fe1ccecd321"),
    ),
    "Noto Sans Ethiopic": (
        FontFile("NotoSansEthiopic-Regular.ttf", 343_168, "58bc43b062961b38ee45757d2e74e6a991a12011aa0399fb03004ac432e5c852"),
        FontFile("NotoSansEthiopic-Bold.ttf", 340_980, "cc16f0c43be76a2ecb5f6d08de4fe6705886b9be90251bfb5959a90955be7f1d"),
    ),
    "Noto Sans Armenian": (
        FontFile("NotoSansArmenian-Regular.ttf", 30_892, "9636c32c121f4fc1fc6963dfad60ea32c41889507118a46f83a818eacf40348e"),
        FontFile("NotoSansArmenian-Bold.ttf", 30_924, "a0f398d0205f0b96d6637ac66d92e6e42b230f8ed3853a050d0aa5792eb9b7f7"),
    ),
    "Noto Sans Symbols": (
        FontFile("NotoSansSymbols-Regular.ttf", 258_148, "24b615ceb7d50a2c09060664ca9e24a160c9beb6bfca0563e8359369a4bc0993"),
        FontFile("NotoSansSymbols-Bold.ttf", 258_912, "c46ee5f6447f99edf6a69e24969bcfee891e3699cff9fc45bfb98ec1b7d684fa"),
    ),
    "Noto Sans Symbols2": (
        FontFile("NotoSansSymbols2-Regular.ttf", 656_852, "876598db5f1e3bef2bc77c4d94c5b0d5d2c1620be4878a06f18fb5434e331688"),
    ),
    "Noto Sans Math": (
        FontFile("NotoSansMath-Regular.ttf", 590_896, "8242bd1e55368b27e32455260754cf9aa58f3ad7ea80664b66c21f1b09910d6c"),
    ),
    "Noto Sans CJK SC": (
        FontFile("NotoSansCJKSC-Regular.otf", 3_488_560, "3c42b6115cc6bc9b6c85204312c548121bc18155edbed6f1900cbf79675dc080", Source.CJK),
        FontFile("NotoSansCJKSC-Bold.otf", 3_539_232, "c06f6e08d32934424d703ae0d445ed582e4b70d2611053cdbba61f12437ad9ab", Source.CJK),
    ),
    "Noto Sans CJK TC": (
        FontFile("NotoSansCJKTC-Regular.otf", 8_127_548, "50a2874248f2ed01821226e7074027f40cb923865fef3a5750765c4443ddd8de", Source.CJK),
        FontFile("NotoSansCJKTC-Bold.otf", 8_202_388, "70d4251af65648b985590c913a1263b50ecbb85b617a68f0ae1d0b8785a63655", Source.CJK),
    ),
    "Noto Sans CJK JP": (
        FontFile("NotoSansCJKJP-Regular.otf", 4_110_648, "40f3bfce538ae39f4494140172401ffa9e61470b3179ada4025d2a852db7891b", Source.CJK),
        FontFile("NotoSansCJKJP-Bold.otf", 4_157_064, "1844bf88a7d31629a1dcf463c0d255f9ab3d37ee274f877672a6ea2039fb57b4", Source.CJK),
    ),
    "Noto Sans CJK KR": (
        FontFile("NotoSansCJKKR-Regular.otf", 4_918_700, "922457003033073c80a057766b41490af9a56e9eadea4427b27bdf9c7ffa89f0", Source.CJK),
        FontFile("NotoSansCJKKR-Bold.otf", 4_996_556, "6bdc95d600f282044c824e99af816ecfc09b093dc1092d143d915a9dfbda6b8a", Source.CJK),
    ),
}
# fmt: on


def files_of(source: Source) -> tuple[FontFile, ...]:
    every = (file for files in FONT_FILES.values() for file in files)
    return tuple(file for file in every if file.source is source)
