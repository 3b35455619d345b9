"""Names of one owner, as data; `aliases` in feeds.yaml adds to them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# By the name that is shown. A part of a company that reports figures of its own is no alias.
ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Alphabet": ("Google", "GOOGL", "Alphabet Google"),
        "Meta": ("Facebook", "Meta Platforms"),
        "Amazon": ("Amazon.com", "AMZN"),
        "AWS": ("Amazon Web Services",),
        "Microsoft": ("MSFT",),
        "Nvidia": ("NVIDIA Corp", "NVDA"),
        "TSMC": ("Taiwan Semiconductor", "Taiwan Semiconductor Manufacturing",
                 "Taiwan Semiconductor Manufacturing Company"),
        "AMD": ("Advanced Micro Devices",),
        "IBM": ("International Business Machines",),
        "Block": ("Square",),
        "X": ("Twitter",),
        "xAI": ("X.AI",),
        "SK Hynix": ("SK hynix",),
        "Samsung": ("Samsung Electronics",),
        "SoftBank": ("SoftBank Group", "Softbank Corp"),
        "Foxconn": ("Hon Hai", "Hon Hai Precision"),
        "Alibaba": ("Alibaba Group",),
        "Baidu": (),
        "Tencent": ("Tencent Holdings",),
        "ByteDance": (),
        "Broadcom": (),
        "Oracle": (),
        "Intel": (),
        "Qualcomm": (),
        "Micron": ("Micron Technology",),
        "Arm": ("Arm Holdings",),
        "ASML": (),
        "Salesforce": (),
        "Palantir": ("Palantir Technologies",),
        "CoreWeave": (),
        "Cerebras": ("Cerebras Systems",),
        "Mistral": ("Mistral AI",),
        "Stability AI": (),
        "Databricks": (),
        "Snowflake": (),
        "Anthropic": ("Anthropic PBC",),
        "OpenAI": ("Open AI",),
        "DeepSeek": (),
        "Perplexity": ("Perplexity AI",),
        "Scale AI": ("Scale",),
        "Apple": (),
        "Tesla": (),
        "Netflix": (),
        "Adobe": (),
        "Uber": (),
    }
)  # fmt: skip
