"""What the bot says to members: ambassadors, staff and the lead. In English; members are few and the council's own."""

from bot.roles import Action

WELCOME = (
    "Welcome! You are now {role}.\n\n{abilities}\n\nYou can also take part yourself: /menu. "
    "Replies that you give are never shown to you for review."
)
ABILITIES: dict[Action, str] = {
    "review": "/review – read replies and say which themes they are about",
    "push": "Send me a .yaml file with a question set: I check it, you try it, then it can go live",
    "export": "/export – the tagged themes as a spreadsheet (/export csv or /export jsonl also work)",
    "alerts": "/alerts – messages that sounded serious and wait for you",
}

REVIEW_HEAD = "{decided} reviewed, {waiting} to go"
REVIEW_TEXT = "“{wording}”\n\n{reply}"
REVIEW_SUGGESTED = "Suggested:\n{suggestions}"
REVIEW_SUGGESTION = "• {theme}, {confidence:.0%} sure: “{excerpt}”\n  ({why})"
REVIEW_NONE_SUGGESTED = "No theme suggested."
REVIEW_HOW = "Tap the themes that fit, then Confirm."
REVIEW_MORE = "More themes"
REVIEW_CONFIRM = "Confirm"
REVIEW_NONE = "None of these"
REVIEW_LEAVE = "Leave it for someone else"
REVIEW_DONE = "✓ {themes}"
REVIEW_DONE_NONE = "✓ No theme"
REVIEW_LEFT = "– Left for someone else"
REVIEW_TAKEN = "That one is decided, or someone else has it now. Here is the next."
REVIEW_EMPTY = "Nothing to review right now. New replies are tagged within seconds; /review looks again."
REVIEW_PICK = "Tap at least one theme first, or “None of these”."

UPLOAD_RECEIVED = "Got it. I'm checking “{filename}”."
UPLOAD_TOO_LARGE = "“{filename}” has {size} kB; I can take {most} kB. Split it into several dialogues."
UPLOAD_NOT_YAML = "I can read question sets that end in .yaml or .yml, and this is “{filename}”."
UPLOAD_FAILED = "I couldn't fetch “{filename}” from Telegram. Please send it again."
UPLOAD_REJECTED = "“{filename}” isn't ready yet: {count} to fix. Nothing has changed for anyone.\n\n{findings}"
UPLOAD_MORE = "... and {count} more. Fix these first, then send it again."
UPLOAD_FINDING = "Line {line}: {message}\n→ {fix}"
UPLOAD_SUMMARY = (
    "“{title}” looks good. Questions: {questions}, in people's own words: {open}. Languages: {languages}.\n"
    "{replaces}{warnings}"
)
UPLOAD_REPLACES = "It replaces the version that is live. Whoever is part-way through finishes the old one.\n"
UPLOAD_NEW = "It is new: there is no “{dialogue}” on the menu yet.\n"
UPLOAD_UNCHANGED = "It says exactly what is live already.\n"
TRY_IT = "Try it"
MAKE_IT_LIVE = "Make it live"
TRY_STARTS = "This is a try-out. Nothing is kept once it ends."
TRY_DONE = "End of the try-out."
LIVE = "“{title}” is live now."
NO_CONSENT = "It can't go live yet: nobody is asked whether they want to take part. Put a “consent:” step first, as in the shipped sets, and send it again."
SCRIPT_GONE = "I can't find that question set any more. Please send it again."

EXPORT_STARTED = "Preparing {filename}. It comes as a file in this chat."
EXPORT_FORMATS = "I can write csv, xlsx and jsonl, such as: /export xlsx"
EXPORT_FAILED = "Sorry, there will be no {filename}. {reason}"
EXPORT_NOT_SENT = (
    "It could not be made, or is too large for Telegram. Ask for it again, or have staff run tuckshop export."
)
NOT_ALLOWED = "That is for {roles}."

ALERT = "A message sounded serious ({flags}). /alerts shows what waits."
ALERTS = "{count} waiting:\n{alerts}\n\nThe words are not shown in this chat. /alerts and a number says that you take care of that one."
ALERT_LINE = "#{id} · {at} · {flags}"
ALERT_TAKEN = "#{id} is yours: the others see it no longer."
ALERT_GONE = "There is no #{id} waiting."
ALERTS_NONE = "Nothing is waiting."
