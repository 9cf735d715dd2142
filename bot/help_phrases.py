"""What the bot says where something sounds serious, in each language it speaks: warm, short, and no more than is so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpPhrases:
    """The words around the help lines in one language; `{...}` are filled in where they are used."""

    support: str
    support_unsure: str
    support_late: str
    emergency: str
    no_lines: str
    told: str
    told_nobody: str
    urgent: str
    on_hold: str
    touch: str
    mistaken: str
    carry_on: str
    touch_asked: str
    touch_again: str
    touch_nobody: str
    more: str
    safe: str
    safe_untold: str
    safe_typed: str
    reached: str
    relayed: str
    delete_waiting: str


ENGLISH = HelpPhrases(
    support="Thank you for telling me. That sounds really hard, and you don't have to deal with it on your own.",
    support_unsure="I might have got this wrong, but that sounded hard. If it is, you don't have to deal with it on your "
    "own.",
    support_late="I've read one of your messages again. I might have got it wrong, but it sounded hard. If it is, you "
    "don't have to deal with it on your own.",
    emergency="If you're in danger right now, call {emergency}.",
    no_lines="You can talk to an adult you trust.",
    told="I'm a bot, so I've told the person at {council} who looks after safety that a message sounded serious. They can "
    "read it; the rest of the team can't. {looked_at}",
    told_nobody="I'm a bot, and nobody else reads this chat right now. So please talk to someone above if you can.",
    urgent="If it's urgent, please don't wait for them: call.",
    on_hold="The questions can wait.",
    touch="I'd like someone to get in touch",
    mistaken="Did I get that wrong? Carry on",
    carry_on="Carry on",
    touch_asked="OK, I've asked them to write to you, right here in this chat. {looked_at}\n\nYou don't have to give a name "
    "or a number.",
    touch_again="I've asked them. They'll write to you here.",
    touch_nobody="I'm sorry, there's nobody I can ask right now. You can still talk to someone:",
    more="I've passed that on to them too. I'm only a bot, so I can't answer it myself.",
    safe="OK, let's take a break. If you'd like to talk to someone:",
    safe_untold="Nobody is told that you asked for a break.",
    safe_typed="If that was your answer, carry on and say it in a few more words.",
    reached="A person from {council}'s youth team writes to you:\n\n“{text}”\n\nWhat you type now goes only to them. I don't "
    "keep it.",
    relayed="I've passed that on to them.",
    delete_waiting="A person may still want to write to you here. If you delete everything, they can't.",
)

SPANISH = HelpPhrases(
    support="Gracias por contármelo. Suena muy duro, y no tienes que pasar por esto sin ayuda.",
    support_unsure="Puede que me equivoque, pero eso sonaba duro. Si lo es, no tienes que pasar por esto sin ayuda.",
    support_late="He vuelto a leer uno de tus mensajes. Puede que me equivoque, pero sonaba duro. Si lo es, no tienes que "
    "pasar por esto sin ayuda.",
    emergency="Si estás en peligro ahora mismo, llama al {emergency}.",
    no_lines="Puedes hablar con una persona adulta de confianza.",
    told="Soy un bot, así que he avisado a la persona de {council} que se ocupa de la seguridad de que un mensaje sonaba serio. "
    "Puede leerlo; el resto del equipo no. {looked_at}",
    told_nobody="Soy un bot, y ahora mismo nadie más lee este chat. Así que, si puedes, habla con alguna de las personas de arriba.",
    urgent="Si es urgente, no esperes: llama, por favor.",
    on_hold="Las preguntas pueden esperar.",
    touch="Quiero que alguien me escriba",
    mistaken="¿Lo he entendido mal? Seguir",
    carry_on="Seguir",
    touch_asked="De acuerdo, le he pedido que te escriba, aquí mismo en este chat. {looked_at}\n\nNo tienes que dar ni nombre ni "
    "número.",
    touch_again="Ya se lo he pedido. Te escribirá aquí.",
    touch_nobody="Lo siento, ahora mismo no hay nadie a quien pedírselo. Aun así puedes hablar con alguien:",
    more="También se lo he pasado. Solo soy un bot, así que no puedo contestarte.",
    safe="De acuerdo, hacemos una pausa. Si quieres hablar con alguien:",
    safe_untold="Nadie sabrá que has pedido una pausa.",
    safe_typed="Si esa era tu respuesta, sigue y dila con alguna palabra más.",
    reached="Una persona del equipo de juventud de {council} te escribe:\n\n“{text}”\n\nLo que escribas ahora solo le llega a "
    "esa persona. Yo no lo guardo.",
    relayed="Se lo he pasado.",
    delete_waiting="Puede que alguien todavía quiera escribirte aquí. Si lo borras todo, no podrá.",
)


def help_phrases(language: str) -> HelpPhrases:
    """Return the words for a language; one without an entry gets English."""
    return SPANISH if language == "es" else ENGLISH
