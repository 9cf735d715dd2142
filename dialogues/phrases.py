"""What Tuckshop itself says within a dialogue, in each language it speaks. A language without an entry gets English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The engine's own words in one language; `{...}` are filled in by `engine` and `asking`."""

    progress: str
    skip: str
    back: str
    done: str
    keep: str
    carry_on: str
    stop: str
    none_of_these: str
    agree: str
    decline: str
    declined: str
    thanks: str
    answered: str
    skipped: str
    scale_end: str
    choose_several: str
    choose_at_most: str
    other_words: str
    did_you_mean: str
    did_you_mean_one: str
    not_understood_buttons: str
    not_understood_number: str
    number_between: str
    number_least: str
    number_most: str
    or_skip: str
    as_other: str
    save_as: str
    ticked: str
    stale: str
    too_many: str
    too_many_typed: str
    nothing_selected: str
    needed: str
    no_way_back: str
    text_only: str
    crossed: str
    you_said: str
    amended: str
    edit_unclear: str
    edit_unused: str
    paused: str
    still_paused: str
    reminder: str
    gone_quiet: str
    stopped: str
    over: str


ENGLISH = Phrases(
    progress="{number} of {total}",
    skip="Skip",
    back="Back",
    done="Done",
    keep="Keep my answer",
    carry_on="Carry on",
    stop="Stop here",
    none_of_these="None of these",
    agree="I'm in",
    decline="No thanks",
    declined="No problem, nothing was saved. You can come back any time with /menu.",
    thanks="That's it. Thank you!",
    answered="✓ {answer}",
    skipped="– Skipped",
    scale_end="{number} = {label}",
    choose_several="Tap all that fit, then Done.",
    choose_at_most="Tap up to {most}, then Done.",
    other_words="Go ahead, say it in your own words.",
    did_you_mean_one="Just to be sure: did you mean this?",
    did_you_mean="Just to be sure: which do you mean?",
    not_understood_buttons="I didn't quite get that. Could you tap one of these?",
    not_understood_number="I didn't find a number in that. Could you type one, like 12?",
    number_between="I was expecting a number from {lowest} to {highest}.",
    number_least="I was expecting {bound} or more.",
    number_most="I was expecting {bound} or less.",
    or_skip="Or skip it, that's fine.",
    as_other="That's not on my list. Shall I save it as “{other}”?",
    save_as="Yes, save it as “{other}”",
    ticked="I ticked what I understood. Change it if it's not right, then tap Done.",
    stale="That button is from earlier, so nothing changed.",
    too_many_typed="That's more than {most}. Tap the ones that matter most, then Done.",
    too_many="You can pick up to {most}. Untick one first.",
    nothing_selected="Tap one or more first, or skip.",
    needed="I need this one to carry on. If you'd rather not, /stop is fine too.",
    no_way_back="This is the first question.",
    crossed="Your message came just as I was asking this, so I haven't saved it. If it answers this question, please send it again.",
    text_only="Sorry, I can only read text and buttons.",
    you_said="You said: {answer}",
    amended="Changed, thanks.",
    edit_unclear="I couldn't read the new version, so I kept your earlier answer. /back lets you change it.",
    edit_unused="Thanks. That message wasn't saved as an answer, so there's nothing to change.",
    paused="Paused. Your answers so far are kept. Tap Carry on when you feel like it, or send /resume.",
    still_paused="We're paused. Tap Carry on to go back to the questions.",
    reminder="Would you like to go on? There's no rush, and stopping is fine.",
    gone_quiet="I'll leave it here. Your answers so far are kept. /menu starts something new.",
    stopped="Stopped. Your answers so far are kept; /delete removes them. /menu starts something new.",
    over="This one is finished. /menu shows what else there is.",
)

SPANISH = Phrases(
    progress="{number} de {total}",
    skip="Saltar",
    back="Volver",
    done="Listo",
    keep="Dejar mi respuesta",
    carry_on="Seguir",
    stop="Lo dejo aquí",
    none_of_these="Ninguna de estas",
    agree="Sí, participo",
    decline="No, gracias",
    declined="Sin problema, no se ha guardado nada. Puedes volver cuando quieras con /menu.",
    thanks="Eso es todo. ¡Gracias!",
    answered="✓ {answer}",
    skipped="– Sin responder",
    scale_end="{number} = {label}",
    choose_several="Toca todo lo que quieras y luego Listo.",
    choose_at_most="Toca hasta {most} y luego Listo.",
    other_words="Cuéntalo con tus palabras.",
    did_you_mean_one="Solo para asegurarme: ¿querías decir esto?",
    did_you_mean="Solo para asegurarme: ¿cuál quieres decir?",
    not_understood_buttons="No lo he entendido bien. ¿Puedes tocar una de estas?",
    not_understood_number="No he encontrado un número. ¿Puedes escribir uno, como 12?",
    number_between="Esperaba un número de {lowest} a {highest}.",
    number_least="Esperaba {bound} o más.",
    number_most="Esperaba {bound} o menos.",
    or_skip="O sáltala, no pasa nada.",
    as_other="Eso no está en mi lista. ¿Lo guardo como “{other}”?",
    save_as="Sí, guárdalo como “{other}”",
    ticked="He marcado lo que he entendido. Cámbialo si no es así y luego toca Listo.",
    stale="Ese botón es de antes, así que no ha cambiado nada.",
    too_many_typed="Son más de {most}. Toca las que más te importen y luego Listo.",
    too_many="Puedes elegir hasta {most}. Quita una primero.",
    nothing_selected="Toca una o más primero, o salta la pregunta.",
    needed="Esta la necesito para seguir. Si prefieres no responder, puedes parar con /stop.",
    no_way_back="Esta es la primera pregunta.",
    crossed="Tu mensaje llegó justo cuando te preguntaba esto y no lo he guardado. Si responde a esta pregunta, envíalo otra vez.",
    text_only="Lo siento, solo puedo leer texto y botones.",
    you_said="Habías dicho: {answer}",
    amended="Cambiado, gracias.",
    edit_unclear="No he entendido la nueva versión, así que dejo tu respuesta anterior. Con /back puedes cambiarla.",
    edit_unused="Gracias. Ese mensaje no era una respuesta guardada, así que no hay nada que cambiar.",
    paused="En pausa. Tus respuestas quedan guardadas. Toca Seguir cuando te apetezca, o envía /resume.",
    still_paused="Estamos en pausa. Toca Seguir para volver a las preguntas.",
    reminder="¿Quieres seguir? No hay prisa, y parar también está bien.",
    gone_quiet="Lo dejo aquí. Tus respuestas quedan guardadas. Con /menu puedes empezar otra cosa.",
    stopped="Paramos aquí. Tus respuestas quedan guardadas; /delete las borra. Con /menu puedes empezar otra cosa.",
    over="Esto ya está terminado. En /menu ves qué más hay.",
)

LANGUAGES: dict[str, str] = {"en": "English", "es": "Español"}
"""Languages that Tuckshop speaks itself, with their own names."""


def phrases(language: str) -> Phrases:
    """Return the words for a language."""
    return SPANISH if language == "es" else ENGLISH
