"""Fits the network to items: ``fit(items, base, recipe) -> Network``."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch
from torch import Tensor, nn

from training.items import Item
from training.network import Network, Recipe


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
    epochs = [list(_batches(triggers, parts, recipe, chance)) for _ in range(recipe.epochs)]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps, recipe.warm_up))
    for number, batches in enumerate(epochs, 1):
        network.train()
        started, losses = time.monotonic(), []
        for kind, batch in batches:
            loss = _loss(network, kind, batch, recipe)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            if len(losses) % 50 == 0:
                print(f"  {len(losses)} of {len(batches)} batches", file=sys.stderr, flush=True)
        took = time.monotonic() - started
        print(f"epoch {number}: loss {sum(losses) / len(losses):.4f}, {took:.0f} s", file=sys.stderr, flush=True)
    return network.eval()


def _rate(step: int, steps: int, warm_up: float) -> float:
    """A linear rise, then a linear fall."""
    rise = warm_up * steps
    return min((step + 1) / (rise + 1), max(0.0, (steps - step) / (steps - rise)))


def _batches(
    triggers: list[Item], parts: list[Item], recipe: Recipe, chance: random.Random
) -> Iterator[tuple[str, list[Item]]]:
    """Batches of items of about one length, in random order."""
    seen = [item for item in triggers if item.has_move or chance.random() < recipe.empty_sentences]
    found = []
    for kind, items in (("triggers", seen), ("parts", parts)):
        ordered = sorted(items, key=lambda item: len(item.window.ids) + 20 * chance.random())
        found += [(kind, ordered[n : n + recipe.batch]) for n in range(0, len(ordered), recipe.batch)]
    chance.shuffle(found)
    yield from found


def padded(items: Iterable[Item]) -> tuple[Tensor, Tensor, Tensor]:
    """Inputs of a batch: ids, types and mask."""
    windows = [item.window for item in items]
    longest = max(len(w.ids) for w in windows)
    ids, types, mask = (torch.zeros(len(windows), longest, dtype=torch.long) for _ in range(3))
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        types[row, : len(window.types)] = torch.tensor(window.types)
        mask[row, : len(window.ids)] = 1
    return ids, types, mask


def _loss(network: Network, kind: str, batch: list[Item], recipe: Recipe) -> Tensor:
    ids, types, mask = padded(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        triggers, parts, factuality = network(ids, types, mask)
    scores, weight = (triggers, recipe.trigger_weight) if kind == "triggers" else (parts, recipe.part_weight)
    targets = torch.zeros(scores.shape)
    counts = torch.zeros(scores.shape[:2])
    for row, item in enumerate(batch):
        start, end = item.window.offset, item.window.offset + item.window.count
        targets[row, start:end] = torch.from_numpy(item.targets)
        counts[row, start:end] = 1
    each = nn.functional.binary_cross_entropy_with_logits(scores.float(), targets, reduction="none")
    loss = (each * (1 + weight * targets) * counts.unsqueeze(-1)).sum() / counts.sum()
    if kind == "parts":
        classes = torch.tensor([item.factuality for item in batch])
        loss = loss + 0.5 * nn.functional.cross_entropy(factuality.float(), classes)
    return loss
