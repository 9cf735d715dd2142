"""What the bot says around the dialogues, in each language it speaks. Members' part is in `member_phrases`."""

from dataclasses import dataclass

from dialogues.conversation import Ending


@dataclass(frozen=True, slots=True)
class BotPhrases:
    """The bot's own words in one language; `{...}` are filled in where they are used."""

    menu: str
    menu_next: str
    menu_done: str
    menu_empty: str
    minutes: str
    about: str
    under_way: str
    carry_on: str
    start_instead: str
    done_before: str
    help: str
    help_help_lines: str
    text_only: str
    no_questions_now: str
    not_started: str
    invite_used: str
    unknown_command: str
    edited_command: str
    choose_language: str
    language_set: str
    mydata_head: str
    mydata_age: str
    mydata_member: str
    mydata_alerts: str
    mydata_dialogue: str
    mydata_endings: dict[Ending | None, str]
    mydata_line: str
    mydata_later: str
    mydata_none: str
    mydata_foot: str
    mydata_file: str
    mydata_failed: str
    mydata_complaint: str
    complain_how: str
    complain_thanks: str
    complain_enough: str
    skipped: str
    dont_know: str
    delete_ask: str
    delete_yes: str
    delete_no: str
    deleted: str
    not_deleted: str
    in_group: str
    stale: str
    gone: str
    band_under: str
    band_between: str
    band_from: str
    band_all: str

    def band(self, youngest: int, oldest: int | None) -> str:
        """Return what the button of an age group says; `oldest` is None where it has no end."""
        if youngest == 0:
            return self.band_all if oldest is None else self.band_under.format(age=oldest + 1)
        pattern = self.band_from if oldest is None else self.band_between
        return pattern.format(youngest=youngest, oldest=oldest)


ENGLISH = BotPhrases(
    menu="What's on today. Pick one:",
    menu_next="There's more on the menu if you feel like it:",
    menu_done="That's everything for now. Thank you for your time!",
    menu_empty="Nothing on the menu right now. Come back soon!",
    minutes="{title} · {minutes} min",
    about="{title} – {about}",
    under_way="You're partway through “{title}”.",
    carry_on="Carry on: {title}",
    start_instead="Start: {title}",
    done_before="You've already done that one, thanks.",
    help="/menu – what's on\n/skip – leave a question out\n/back – change your last answer\n/pause and /resume – take a "
    "break\n/stop – stop these questions\n/safe – help lines, and a break\n/language – {languages}\n/mydata – see what I've stored\n/delete – remove all of "
    "it\n/complain – something is wrong\n\nYou can also edit a message you sent, and I'll change that answer.",
    help_help_lines="If you'd like to talk to a person:\n{help_lines}",
    text_only="Sorry, I can only read text and buttons. /menu shows what's on.",
    no_questions_now="Thanks for writing! I'm not asking anything right now.",
    not_started="There are no questions going on right now. /menu shows what's on.",
    invite_used="This link has been used already, or it is too old. Ask for a new one.",
    unknown_command="I don't know that command. /help shows the ones I do.",
    edited_command="I can't read a command in an edited message, so nothing changed. Please send it as a new message.",
    choose_language="Which language?",
    language_set="OK, English it is.",
    mydata_head="This is everything I have about you. Your name isn't in it: inside, you're just “{id}”.\n\n"
    "Here since: {joined}\nChat: {chat}\nLanguage: {language}\nPlace: {site}\nYeses to taking part: {consents}",
    mydata_age="Age group: {band}",
    mydata_member="Role: {role}. Replies reviewed: {reviews}",
    mydata_alerts="Messages passed on to the adult who looks after safety: {count}",
    mydata_dialogue="“{title}”, {date}, {ending}",
    mydata_endings={
        None: "going on",
        "complete": "finished",
        "declined": "you said no",
        "break_off": "stopped part-way",
    },
    mydata_line="• {wording}\n  {answer}",
    mydata_later="{answer} ({date})",
    mydata_none="No answers yet.",
    mydata_foot="/delete removes all of it. Telegram keeps its own copy of this chat; you can clear that in the app.",
    mydata_file="The file has every detail, such as times and the numbers that the computer made from your words.",
    mydata_failed="Sorry, the file with your data could not be sent. Try /mydata again later.",
    mydata_complaint="You complained: “{text}”",
    complain_how="If something is wrong, you can fix it:\n• an answer: edit your message, or /back\n• what I keep: "
    "/mydata shows it, /delete removes it\n• ask a person: {contact}\n\nOr complain here: your next message goes to the "
    "team, word for word and without your name. If you'd rather not: /menu",
    complain_thanks="Thanks for telling us. This is complaint #{id}. The team will read it.\n\nThey don't know who you are, "
    "so they can't answer here. If you'd like an answer, write to {contact} and give that number.\n\nYou can go on where "
    "you were, or: /menu",
    complain_enough="The team has {count} complaints of yours to look at first, so I haven't kept this one. If it can't wait, "
    "write to {contact}.",
    skipped="(skipped)",
    dont_know="(don't know)",
    delete_ask="Delete everything you've told me? I can't bring it back.",
    delete_yes="Yes, delete it all",
    delete_no="No, keep it",
    deleted="Done. On {date} everything you gave me was deleted: {responses} answers, and the link to this chat. I no "
    "longer know who you are.\n\nYour receipt: {receipt}. The team can check it, and it says nothing about you.\n\nTelegram "
    "keeps its own copy of this chat; you can clear it in the app. /start begins again.",
    not_deleted="OK, nothing was deleted.",
    in_group="Hi! I only talk one to one. Open a chat with me to join in.",
    stale="That button is from earlier, so nothing changed.",
    gone="That isn't on the menu any more. Here's what is:",
    band_under="Under {age}",
    band_between="{youngest}–{oldest}",
    band_from="{youngest} or over",
    band_all="Any age",
)

SPANISH = BotPhrases(
    menu="Esto es lo que hay hoy. Elige uno:",
    menu_next="Hay más en el menú, si te apetece:",
    menu_done="Por ahora eso es todo. ¡Gracias por tu tiempo!",
    menu_empty="Ahora mismo no hay nada en el menú. ¡Vuelve pronto!",
    minutes="{title} · {minutes} min",
    about="{title} – {about}",
    under_way="Tienes “{title}” a medias.",
    carry_on="Seguir: {title}",
    start_instead="Empezar: {title}",
    done_before="Ese ya lo hiciste, gracias.",
    help="/menu – qué hay\n/skip – saltar una pregunta\n/back – cambiar tu última respuesta\n/pause y /resume – hacer una "
    "pausa\n/stop – dejar estas preguntas\n/safe – teléfonos de ayuda y una pausa\n/language – {languages}\n/mydata – ver lo que tengo guardado\n/delete – borrarlo "
    "todo\n/complain – algo está mal\n\nTambién puedes editar un mensaje tuyo y cambiaré esa respuesta.",
    help_help_lines="Si quieres hablar con una persona:\n{help_lines}",
    text_only="Lo siento, solo puedo leer texto y botones. En /menu ves qué hay.",
    no_questions_now="¡Gracias por escribir! Ahora mismo no estoy preguntando nada.",
    not_started="Ahora mismo no hay preguntas en marcha. En /menu ves qué hay.",
    invite_used="Este enlace ya se ha usado, o es demasiado antiguo. Pide uno nuevo.",
    unknown_command="No conozco ese comando. En /help están los que conozco.",
    edited_command="No puedo leer un comando en un mensaje editado, así que no ha cambiado nada. Envíalo como mensaje nuevo, por favor.",
    choose_language="¿Qué idioma?",
    language_set="De acuerdo, seguimos en español.",
    mydata_head="Esto es todo lo que tengo sobre ti. Tu nombre no está: aquí dentro solo eres “{id}”.\n\n"
    "Desde: {joined}\nChat: {chat}\nIdioma: {language}\nLugar: {site}\nVeces que dijiste que sí a participar: {consents}",
    mydata_age="Grupo de edad: {band}",
    mydata_member="Función: {role}. Respuestas revisadas: {reviews}",
    mydata_alerts="Mensajes que ha recibido la persona adulta que se ocupa de la seguridad: {count}",
    mydata_dialogue="“{title}”, {date}, {ending}",
    mydata_endings={None: "en marcha", "complete": "terminado", "declined": "dijiste que no", "break_off": "a medias"},
    mydata_line="• {wording}\n  {answer}",
    mydata_later="{answer} ({date})",
    mydata_none="Todavía no hay respuestas.",
    mydata_foot="/delete lo borra todo. Telegram guarda su propia copia de este chat; puedes borrarla en la app.",
    mydata_file="En el archivo está cada detalle, como las horas y los números que el programa hizo con tus palabras.",
    mydata_failed="Lo siento, no se pudo enviar el archivo con tus datos. Prueba /mydata otra vez más tarde.",
    mydata_complaint="Te quejaste: “{text}”",
    complain_how="Si algo está mal, puedes arreglarlo:\n• una respuesta: edita tu mensaje, o /back\n• lo que guardo: "
    "/mydata lo enseña, /delete lo borra\n• preguntar a una persona: {contact}\n\nO quéjate aquí: tu próximo mensaje le llega "
    "al equipo, palabra por palabra y sin tu nombre. Si prefieres que no: /menu",
    complain_thanks="Gracias por contarlo. Es la queja n.º {id}. El equipo la leerá.\n\nNo saben quién eres, así que no "
    "pueden contestarte aquí. Si quieres respuesta, escribe a {contact} y da ese número.\n\nPuedes seguir donde estabas, "
    "o: /menu",
    complain_enough="El equipo todavía tiene que mirar {count} quejas tuyas, así que esta no la he guardado. Si no puede "
    "esperar, escribe a {contact}.",
    skipped="(sin responder)",
    dont_know="(no sé)",
    delete_ask="¿Borro todo lo que me has contado? No podré recuperarlo.",
    delete_yes="Sí, bórralo todo",
    delete_no="No, déjalo",
    deleted="Hecho. El {date} se borró todo lo que me diste: {responses} respuestas y el vínculo con este chat. Ya no sé "
    "quién eres.\n\nTu recibo: {receipt}. El equipo puede comprobarlo, y no dice nada sobre ti.\n\nTelegram guarda su propia "
    "copia de este chat; puedes borrarla en la app. /start empieza de nuevo.",
    not_deleted="De acuerdo, no se ha borrado nada.",
    in_group="¡Hola! Solo hablo en privado. Abre un chat conmigo para participar.",
    stale="Ese botón es de antes, así que no ha cambiado nada.",
    gone="Eso ya no está en el menú. Esto es lo que hay:",
    band_under="Menos de {age}",
    band_between="{youngest}–{oldest}",
    band_from="{youngest} o más",
    band_all="Cualquier edad",
)


def bot_phrases(language: str) -> BotPhrases:
    """Return the words for a language; one without an entry gets English."""
    return SPANISH if language == "es" else ENGLISH
