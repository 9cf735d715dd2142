"""What a young person reads before the first question, in each language the bot speaks: two short messages, no more.

Readable at the age of ten; `tests/bot/test_welcome_phrases.py` measures it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WelcomePhrases:
    """The words of the introduction in one language; `{...}` are filled in from the deployment."""

    hello: str
    hello_at: str
    test_run: str
    who: str
    how: str
    privacy: str
    agree_ask: str
    agree: str
    decline: str
    more: str
    more_text: str
    agree_again: str
    agreed_before: str
    declined: str
    declined_later: str
    age_ask: str
    age_again: str
    age_unsaid: str
    too_young: str
    too_young_unsaid: str
    kept_nothing: str
    kept_alert: str
    guardian_child: str
    guardian_child_unsaid: str
    guardian_ask: str
    guardian_agree: str
    guardian_decline: str
    guardian_declined: str
    chosen: str
    welcome_back: str


ENGLISH = WelcomePhrases(
    hello="Hi! I'm Tuckshop. I'm a bot, not a person.",
    hello_at="Hi! You found me at {site}. I'm Tuckshop. I'm a bot, not a person.",
    test_run="This is a test run. What you say here won't count.",
    who="I ask questions for the youth team of {council}. {purpose}",
    how="Each set of questions takes a few minutes. You can skip any of them. You can stop any time.",
    privacy="{readers} I don't keep your name.\n\nWhat you say is private: nobody is told it was you. There is one limit. If "
    "someone seems to be in danger, I tell an adult on the team.\n\nTelegram keeps this chat on its own computers too.",
    agree_ask="Do you want to take part?",
    agree="I'm in",
    decline="No thanks",
    more="Tell me more",
    more_text="• Who asks: the youth team of {council}. For a question or a complaint: {contact}\n"
    "• Your answers: a computer of theirs sorts them, and people check. /mydata shows what I have. /delete removes it.\n"
    "• Your name: I leave it out, and phone numbers too. I can miss one, so please don't type them.\n"
    "• If someone seems to be in danger, one adult on the team can read that message. {looked_at} I'm not an emergency "
    "service: in danger now, call {emergency}. /help has people to talk to.\n"
    "• Telegram is a company. It runs this app and can see what is in this chat.",
    agree_again="Sorry, I didn't get that. Do you want to take part? Tap a button, or type yes or no.",
    agreed_before="What I told you at the start has changed, so here it is again.",
    declined="That's fine. Thanks for reading!",
    declined_later="That's fine. What you told me before stays with the team; /delete removes it.",
    age_ask="How old are you? I only keep the group.",
    age_again="Sorry, I didn't get that. Which group is it?",
    age_unsaid="I'd rather not say",
    too_young="Thanks for telling me. I can only ask people who are {age} or older, so I stop here.",
    too_young_unsaid="That's fine, you don't have to say. I can only ask people who are {age} or older, and I can't tell, so I "
    "stop here.",
    kept_nothing="I've kept nothing about you. /start begins again.",
    kept_alert="An adult on the team may still read what sounded serious. /delete removes that too.",
    guardian_child="Thanks. You're under {age}, so I need a yes from your parent or carer. Please show them this phone.\n\n"
    "If you can't right now, that's fine. Come back any time.",
    guardian_child_unsaid="That's fine, you don't have to say. But I can't tell if you're {age}, so I need a yes from your "
    "parent or carer. Please show them this phone.\n\nIf you can't right now, that's fine. Come back any time.",
    guardian_ask="For the parent or carer:\n\nThis bot asks young people for the youth team of {council}. {purpose} {readers} "
    "Names are not kept. If someone seems to be in danger, an adult on the team is told. Questions: {contact}\n\nAre you "
    "their parent or carer, and may they take part?",
    guardian_agree="Yes, they may",
    guardian_decline="No",
    guardian_declined="That's fine. Thanks to you both.",
    chosen="{text}\n\n✓ {label}",
    welcome_back="Hi again! Here's what's on:",
)

SPANISH = WelcomePhrases(
    hello="¡Hola! Soy Tuckshop. Soy un bot, no una persona.",
    hello_at="¡Hola! Me has encontrado en {site}. Soy Tuckshop. Soy un bot, no una persona.",
    test_run="Esto es una prueba. Lo que digas aquí no cuenta.",
    who="Pregunto de parte del equipo de juventud de {council}. {purpose}",
    how="Cada grupo de preguntas lleva unos minutos. Puedes saltarte las que quieras. Puedes parar cuando quieras.",
    privacy="{readers} No guardo tu nombre.\n\nLo que dices es privado: a nadie se le dice que fuiste tú. Hay un límite. Si "
    "parece que alguien está en peligro, aviso a una persona adulta del equipo.\n\nTelegram también guarda este chat en sus "
    "servidores.",
    agree_ask="¿Quieres participar?",
    agree="Sí, participo",
    decline="No, gracias",
    more="Cuéntame más",
    more_text="• Quién pregunta: el equipo de juventud de {council}. Para dudas o quejas: {contact}\n"
    "• Tus respuestas: un programa del equipo las clasifica y las revisan personas. /mydata enseña lo que tengo. /delete lo "
    "borra.\n"
    "• Tu nombre: lo borro, y los teléfonos también. Se me puede escapar alguno, así que mejor no los escribas.\n"
    "• Si parece que alguien está en peligro, una persona adulta del equipo puede leer ese mensaje. {looked_at} No soy un "
    "servicio de emergencias: si hay peligro ahora, llama al {emergency}. En /help hay con quién hablar.\n"
    "• Telegram es una empresa. Lleva esta app y puede ver lo que hay en este chat.",
    agree_again="Perdona, no lo he entendido. ¿Quieres participar? Toca un botón, o escribe sí o no.",
    agreed_before="Lo que te conté al principio ha cambiado, así que aquí va otra vez.",
    declined="No pasa nada. ¡Gracias por leer!",
    declined_later="No pasa nada. Lo que me contaste antes se queda con el equipo; /delete lo borra.",
    age_ask="¿Qué edad tienes? Solo guardo el grupo.",
    age_again="Perdona, no lo he entendido. ¿Qué grupo es?",
    age_unsaid="Prefiero no decirlo",
    too_young="Gracias por decirlo. Solo puedo preguntar a gente de {age} años o más, así que lo dejo aquí.",
    too_young_unsaid="No pasa nada, no tienes que decirlo. Solo puedo preguntar a gente de {age} años o más y no lo sé, así que "
    "lo dejo aquí.",
    kept_nothing="No he guardado nada sobre ti. /start empieza de nuevo.",
    kept_alert="Puede que una persona adulta del equipo todavía lea lo que sonaba serio. /delete borra eso también.",
    guardian_child="Gracias. Tienes menos de {age} años, así que necesito el sí de tu madre, tu padre o quien te cuide. Enséñale "
    "este teléfono.\n\nSi ahora no puede ser, no pasa nada. Vuelve cuando quieras.",
    guardian_child_unsaid="No pasa nada, no tienes que decirlo. Pero no sé si tienes {age} años, así que necesito el sí de tu "
    "madre, tu padre o quien te cuide. Enséñale este teléfono.\n\nSi ahora no puede ser, no pasa nada. Vuelve cuando quieras.",
    guardian_ask="Para la madre, el padre o quien cuida:\n\nEste bot pregunta a gente joven de parte del equipo de juventud de "
    "{council}. {purpose} {readers} No se guardan nombres. Si parece que alguien está en peligro, se avisa a una persona adulta "
    "del equipo. Dudas: {contact}\n\n¿Es usted su madre, su padre o quien le cuida? ¿Le permite participar?",
    guardian_agree="Sí, puede",
    guardian_decline="No",
    guardian_declined="No pasa nada. Gracias por leerlo.",
    chosen="{text}\n\n✓ {label}",
    welcome_back="¡Hola otra vez! Esto es lo que hay:",
)


def welcome_phrases(language: str) -> WelcomePhrases:
    """Return the words for a language; one without an entry gets English."""
    return SPANISH if language == "es" else ENGLISH
