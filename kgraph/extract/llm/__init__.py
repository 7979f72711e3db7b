"""A reader that asks a language model: any service that speaks the OpenAI protocol, or answers that were kept.

``sentences`` numbers a document's sentences and cuts it into windows, ``request`` words what is asked of a window,
``answers`` keeps what was answered, ``check`` holds every answer against the text, ``statements`` makes statements of
what passed, and ``reader`` is the guest beside the other readers. A reading needs kept answers alone; ``client`` and
``batch`` are two ways to get them. See docs/llm.md.
"""
