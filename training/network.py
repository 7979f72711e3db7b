"""The encoder with its three heads.

MiniLM (Wang et al. 2020; ``all-MiniLM-L6-v2``, Apache-2.0) after BERT (Devlin et al. 2019). One encoder serves two
passes, as in PURE (Zhong and Chen 2021): triggers first, then each trigger's parts with the trigger marked by token
type.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from kgraph.extract.trained.labels import FACTUALITIES, PARTS, RELATIONS


class Network(nn.Module):
    """The encoder and its heads: triggers (pieces × relations), parts (pieces × 2 parts), factuality (classes)."""

    def __init__(self, base: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(base), attn_implementation="eager")
        size = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.triggers = nn.Linear(size, len(RELATIONS))
        self.parts = nn.Linear(size, 2 * len(PARTS))
        self.factuality = nn.Sequential(nn.Linear(2 * size, size), nn.GELU(), nn.Linear(size, len(FACTUALITIES)))
        # Most pieces are no trigger and no part: start from there.
        nn.init.constant_(self.triggers.bias, -3.0)
        nn.init.constant_(self.parts.bias, -2.0)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of the three heads; ``ids``, ``types`` and ``mask`` have the shape (batch, pieces)."""
        hidden = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        # In the second pass the trigger alone has token type 1: its mean, beside the first piece, tells how the move is
        # held.
        marked = (types * mask).unsqueeze(-1).to(hidden.dtype)
        trigger = (hidden * marked).sum(1) / marked.sum(1).clamp(min=1)
        return self.triggers(hidden), self.parts(hidden), self.factuality(torch.cat((hidden[:, 0], trigger), dim=-1))

    def freeze(self, layers: int) -> None:
        """Keep embeddings and the first layers as they are: there is too little text to learn words from."""
        for module in (self.encoder.embeddings, *self.encoder.encoder.layer[:layers]):
            for parameter in module.parameters():
                parameter.requires_grad = False
