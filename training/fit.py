"""Fits the network to items: ``fit(items, base, recipe) -> Network``."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from kgraph.extract.trained.encoding import padded
from training.batches import Recipe, batches, rate, targets
from training.items import Item
from training.network import Network

# Processors without AVX-512 have no bfloat16: emulated, it takes many times as long as whole floats.
_HAS_BFLOAT16 = torch.backends.cpu.get_cpu_capability() == "AVX512"


def fit(triggers: list[Item], parts: list[Item], base: Path, recipe: Recipe) -> Network:
    """A network fitted to items of both passes; repeatable from the recipe's seed on the same kind of machine."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    network = Network(base)
    network.freeze(recipe.frozen_layers)
    heads = [*network.triggers.parameters(), *network.parts.parameters(), *network.factuality.parameters()]
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    groups = [
        {"params": encoder, "lr": recipe.learning_rate},
        {"params": heads, "lr": recipe.learning_rate * 10},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    epochs = [list(batches(triggers, parts, recipe, chance)) for _ in range(recipe.epochs)]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, steps, recipe.warm_up))
    for number, epoch in enumerate(epochs, 1):
        network.train()
        started, losses = time.monotonic(), []
        for kind, batch in epoch:
            loss = loss_of(network, kind, batch, recipe)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if len(losses) % 50 == 0:
                print(f"  {len(losses)} of {len(epoch)} batches", file=sys.stderr, flush=True)
        took = time.monotonic() - started
        print(f"epoch {number}: loss {sum(losses) / len(losses):.4f}, {took:.0f} s", file=sys.stderr, flush=True)
    return network.eval()


def loss_of(network: Network, kind: str, batch: list[Item], recipe: Recipe) -> Tensor:
    """The loss of a batch of one kind ("triggers" or "parts"): its scores against the targets, and the factuality."""
    inputs = {name: torch.from_numpy(array) for name, array in padded([item.window for item in batch]).items()}
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_HAS_BFLOAT16):
        triggers, parts, factuality = network(**inputs)
    scores, weight = (triggers, recipe.trigger_weight) if kind == "triggers" else (parts, recipe.part_weight)
    wanted, counts = (torch.from_numpy(array) for array in targets(batch, tuple(scores.shape)))
    each = nn.functional.binary_cross_entropy_with_logits(scores.float(), wanted, reduction="none")
    loss = (each * (1 + weight * wanted) * counts.unsqueeze(-1)).sum() / counts.sum()
    if kind == "parts":
        classes = torch.tensor([item.factuality for item in batch])
        loss = loss + 0.5 * nn.functional.cross_entropy(factuality.float(), classes)
    return loss
