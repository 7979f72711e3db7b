"""How English speakers talk about their own talk: it is no move of a negotiation."""

from __future__ import annotations

import re

_SAYING = (
    r"add(?! [$€£\d])|clarify|commend|congratulate|defer|emphasi[sz]e|flag|highlight|mention|note|point out|reiterate"
    "|remind|repeat|say|stress|thank|underline|underscore"
)
# What somebody promises or wants to do, from its verb on: "turn it over to my colleague", "emphasize that …".
ABOUT_ITSELF = re.compile(
    r"(?:to )?(?:(?:also|first|just|now|quickly|really|then) )*(?:"
    rf"(?:{_SAYING})\b"
    r"|(?:hand|kick|pass|send|throw|toss|turn) (?:it|this|things|the (?:call|floor|phone))\b|turn$"
    r"|open (?:it|this|things|the (?:call|floor|lines?)) ?(?:up )?(?:for|to)\b|give you an?\b"
    r"|(?:answer|get to|go to|move (?:on )?to|take|turn to) [^.]{0,30}\bquestions?\b"
    r"|(?:give|make|offer|provide|share) [^.]{0,25}\b(?:comments?|overview|point|preview|readout|remarks|update)\b"
    r"|take (?:(?:a|couple|few|just|of|some) )+(?:minutes?|moments?|seconds?)\b"
    r"|(?:point|refer|walk) you\b|(?:get|go) (?:back )?into (?:any|details?|that|the details?)\b"
    r"|(?:speak|talk) (?:about|for|to)\b|(?:begin|close|end|start)(?: off)?(?: by| there| with)?$|start with\b"
    r"|(?:come|get) back to (?:that|you)\b|leave it (?:at that|there)\b|(?:pause|stop) there\b"
    r"|be (?:(?:absolutely|perfectly|really|very) )?(?:brief|candid|careful|clear|frank|honest|sure)\b"
    r"|go (?:back )?to(?:(?: [A-Z]\w+){1,2} next)?$"
    r")",
)
