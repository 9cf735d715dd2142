"""What the file of /mydata says about each kind of record in it, in each language."""

from collections.abc import Mapping

ABOUT: Mapping[str, str] = {
    "en": "Everything that this bot holds about you, as your computer can read it. Times are in UTC. Where it says "
    "“somebody else”, another person's id stands in that place, and it is theirs. /delete removes all of it.",
    "es": "Todo lo que este bot guarda sobre ti, tal como lo puede leer un programa. Las horas son UTC. Donde pone "
    "“somebody else” está el código de otra persona, que es suyo. /delete lo borra todo.",
}

HAND_IN: Mapping[str, str] = {
    "en": "What you had a hand in as a member, by the numbers of the records. What others wrote there is theirs. When "
    "you delete everything, your id goes from these records and they stay.",
    "es": "Aquello en lo que participaste como miembro, por los números de los registros. Lo que otras personas "
    "escribieron es suyo. Cuando lo borras todo, tu código desaparece de estos registros y los registros quedan.",
}

WHAT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "respondents": "You: the id that stands for you, since when, your language, place and role.",
        "contacts": "Where to write to you. It stands nowhere else.",
        "consents": "What you said yes to.",
        "conversations": "Each set of questions that you began, and where you are in it.",
        "responses": "What you answered, in your own words where you typed.",
        "outbox": "Messages on their way to you. You see their words in this chat. "
        "And messages with your words in them, on their way to the team.",
        "messages": "Telegram's numbers of the questions that you were sent.",
        "taggings": "What the computer made of your words: them without names, and a vector, which is a list of "
        "numbers made from your words, to compare them with others.",
        "tags": "The themes that the computer suggested for your words, and how sure it was.",
        "tagging_failures": "Words of yours that the computer could not work with, and why.",
        "claims": "Replies that somebody is reviewing now: of yours, or that you review as a member.",
        "claim_themes": "The themes chosen so far in those reviews.",
        "passes": "Replies that somebody left for others to review: of yours, or that you left as a member.",
        "reviews": "What a person decided your words are about.",
        "review_themes": "The themes that they chose.",
        "review_tags": "What the computer had suggested before they decided.",
        "review_queue": "Which of your replies are reviewed soon, and why those.",
        "alerts": "Times when a message of yours sounded serious, and what was done.",
        "alert_words": "The words that sounded serious, kept while somebody takes care of it.",
        "alert_steps": "What was done, step by step.",
        "unseen_words": "Words of yours that wait for a second look at whether they sound serious.",
        "uploads": "Files that you sent and that wait to be read.",
        "undelivered": "Messages to you that could not be sent, and why.",
        "member_numbers": "The number that stands for you, if you are a member, in the list of what members did.",
        "complaints": "Complaints that you wrote, and when somebody took care of them.",
    },
    "es": {
        "respondents": "Tú: el código que te representa, desde cuándo, tu idioma, lugar y función.",
        "contacts": "Dónde escribirte. No está en ningún otro sitio.",
        "consents": "A qué dijiste que sí.",
        "conversations": "Cada grupo de preguntas que empezaste, y por dónde vas.",
        "responses": "Lo que respondiste, con tus palabras si las escribiste.",
        "outbox": "Mensajes que van hacia ti. Sus palabras las ves en este chat. "
        "Y mensajes con tus palabras que van hacia el equipo.",
        "messages": "Los números que Telegram dio a las preguntas que recibiste.",
        "taggings": "Lo que el programa sacó de tus palabras: ellas mismas sin nombres, y un vector, que es una lista "
        "de números hecha con tus palabras para compararlas con otras.",
        "tags": "Los temas que el programa propuso para tus palabras, y con cuánta seguridad.",
        "tagging_failures": "Palabras tuyas con las que el programa no pudo trabajar, y por qué.",
        "claims": "Respuestas que alguien está revisando: tuyas, o que revisas como miembro.",
        "claim_themes": "Los temas elegidos hasta ahora en esas revisiones.",
        "passes": "Respuestas que alguien dejó a otras personas: tuyas, o que dejaste como miembro.",
        "reviews": "De qué tratan tus palabras según decidió una persona.",
        "review_themes": "Los temas que eligió.",
        "review_tags": "Lo que el programa había propuesto antes de que decidiera.",
        "review_queue": "Cuáles de tus respuestas se revisan pronto, y por qué esas.",
        "alerts": "Las veces que un mensaje tuyo sonó serio, y qué se hizo.",
        "alert_words": "Las palabras que sonaron serias, guardadas mientras alguien se ocupa.",
        "alert_steps": "Lo que se hizo, paso a paso.",
        "unseen_words": "Palabras tuyas que esperan una segunda mirada, por si suenan serias.",
        "uploads": "Archivos que enviaste y esperan a que se lean.",
        "undelivered": "Mensajes para ti que no se pudieron enviar, y por qué.",
        "member_numbers": "El número que te representa, si eres miembro, en la lista de lo que hicieron los miembros.",
        "complaints": "Quejas que escribiste, y cuándo se atendieron.",
    },
}
