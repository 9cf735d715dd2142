"""What English words do in a reply, as young people type them."""

from typing import Final

from dialogues.understanding.vocabulary import NEUTRAL, Lexicon, listed, phrases, valued

_CHATTER: Final = """
 tbh tbf ngl lol lmao haha hahaha x xx xxx bro bruh mate man dude fam innit init pls plz please thanks thx ty cheers
 sorry honestly honest really just well so um umm uh uhh er erm hmm hm hey hi hello oh ah ok okay fr imo ig smh miss
 sir to_be_honest if_im_honest thank_you i_mean you_know and_that obvs basically literally
"""
_HEDGES: Final = """
 probably prob probs probly prolly maybe mabye mayb perhaps possibly i_guess i_suppose i_think i_reckon guess think
 reckon suppose mostly mainly usually normally generally often sometimes typically most_of_the_time more_or_less kinda
 kind_of sort_of sorta definitely defo def deffo definetly definately obviously certainly absolutely totally surely
 mos most for_sure of_course actually
"""
_NOT: Final = """
 not dont doesnt didnt cant cannot wont wouldnt isnt arent aint never no nope nah without hate hates dislike
"""

LEXICON: Final = Lexicon(
    declining=listed(
        {
            "filler": _CHATTER
            + """
 i id im ive ill it that this one question the a about for me do would still myself
""",
            "refuse": """
 skip skipping pass next n_/_a n_._a no_comment no_answer next_question move_on skip_it skip_this next_one rather_not
 rather_not_say rather_not_to_say rather_not_answer rather_not_tell prefer_not prefer_not_say prefer_not_to
 prefer_not_to_say prefer_not_to_answer prefer_not_saying rather_keep_that_private thats_private its_private
 none_of_your_business none_of_ur_business not_your_business mind_your_own_business not_telling not_saying
 not_telling_you not_gonna_say not_going_to_say not_answering not_answering_that dont_want_to_say dont_want_to_answer
 dont_wanna_say dont_wanna_answer dont_want_to_tell do_not_want_to_say do_not_want_to_answer wont_say wont_answer
 not_comfortable_saying not_comfortable_answering rather_not_talk_about cba can_i_skip can_we_skip lets_skip
""",
            "unsure": """
 idk idek dk dno dunno dunnoo iunno donno unsure no_idea no_clue not_sure not_certain not_too_sure not_really_sure
 im_not_sure dont_know do_not_know dont_kno dont_no dont_rly_know dont_really_know dont_even_know dont_actually_know
 couldnt_say cant_say couldnt_tell_you cant_tell havent_a_clue havent_got_a_clue have_no_idea have_no_clue got_no_idea
 ive_no_idea have_not_a_clue who_knows beats_me hard_to_say difficult_to_say dont_care idc dont_remember cant_remember
 forgot i_forgot no_opinion dont_have_an_opinion no_preference dont_have_a_preference have_no_opinion good_question
""",
        },
        NEUTRAL.declining,
    ),
    assenting=listed(
        {
            "filler": _CHATTER
            + """
 . , ! : ; ( ) " ' * _ i id im it its that this to the a do am is we you lets want wanna like love would participate
 part take taking join in be will ill for me do_it go with my all and happy very too thing
""",
            "yes": """
 yes y ye yea yeah yeh yep yepp yup yah yh ya yas yass yus yis yess ys yse yeash yessir yess_sir aye si ok okay okey
 okie oki k kk sure alright alrighty aight bet correct true agree agreed i_agree accept deal course of_course ofc
 ofcourse yes_please count_me_in im_in go_ahead go_on im_up_for_it up_for_it im_down down_for_it affirmative i_do i_am
 i_would i_will sounds_good id_love_to love_to id_like_to would_love_to would_like_to lets_go lets_do_it hell_yes
 fuck_yes fuck_yeah hell_yeah for_sure fo_sho why_of_course
""",
            "surely": """
 definitely defo def deffo definately definetly absolutely totally certainly obviously obvs 100_%
""",
            "no": """
 no n nope nop nah nahh naw nay noo nooo nein never no_way nah_mate no_thanks no_thank_you no_ta no_thx nty not_at_all
 not_really not_agree dont_agree do_not_agree fuck_no disagree i_disagree refuse i_refuse decline dont_think_so
 do_not_think_so not_today count_me_out im_out no_chance negative dont_want do_not_want dont_wanna rather_not
 id_rather_not not_for_me i_do_not_agree ofc_not i_do_not_want i_do_not_think_so of_course_not course_not hell_no
 not_likely not_a_chance not_interested nothanks nuh_uh
""",
            "not": "not",
            "dont": """
 i_do_not i_will_not i_would_not i_am_not dont cant wont wouldnt didnt doesnt isnt aint do_not can_not cannot will_not
 would_not am_not im_not
""",
            "perhaps": """
 maybe mabye mayb perhaps possibly depends it_depends that_depends sometimes kinda kind_of sort_of sorta a_bit
 a_little half_and_half 50_/_50 both either neither possibly_not might i_might could_be in_between mixed so_so
""",
            "doubt": """
 ? im_ok im_okay im_alright ok_thanks okay_thanks im_cool cool right surely na isnt_it no_problem no_problemo no_prob
 no_probs np no_worries no_bother why_not whynot y_not dont_mind do_not_mind wouldnt_mind idm not_bothered no_doubt
 no_objection no_objections i_guess guess i_guess_so guess_so suppose i_suppose suppose_so i_suppose_so think think_so
 i_think i_think_so i_hope_so hope_so probably prob probs fine im_fine good im_good all_good whatever if but unless
 except only when as_long_as not_sure idk dunno dont_know go_for_it if_you_want if_u_want lol_ok yeah_right yea_right
 as_if sure_jan ok_boomer like_i_care dont_care idc
""",
        },
        NEUTRAL.assenting,
    ),
    naming=listed(
        {
            "filler": _CHATTER
            + _HEDGES
            + """
 rather id_rather not_gonna_lie cant_lie no_lie no_cap no_joke not_going_to_lie - i id im ive ill it its thats that
 this my the a an at by on in with to for of from do would is be am we you take taking use using go going goes get
 getting like love prefer pick picked choose chose chosen choice select want ride riding say answer option number
 favourite favorite fave best definite me da de yes yeah yep yh ye yea only one_of way thing too also instead us our
 every_time always i_would go_for go_with
""",
            "not": _NOT + " do_not does_not instead_of rather_than over avoid",
            "contrast": "but so",
            "except": "bar except except_for apart_from other_than",
            "all except": """
 anywhere_but everywhere_but anywhere_except everywhere_except all_of_them_bar anything_but all_but everything_but
 any_but anything_except everything_except all_except all_of_them_except all_of_them_but any_except
 everything_apart_from all_apart_from anything_apart_from all_except_for everything_except_for anything_other_than
 all_of_the_above_except every_one_except all_bar everything_bar anything_bar
""",
            "nor": "nor neither",
            "perhaps": "maybe mabye mayb perhaps possibly",
            "other": "other others something_else another anything_else somewhere_else other_one another_one",
            "all": """
 all all_of_them all_of_these all_of_the_above all_of_em everything every_one everyone all_them every_option
 all_options every_single_one
""",
            "any": "any any_of_them anything either either_one either_of_them whichever",
            "both": "both both_of_them both_of_these",
            "none": """
 none none_of_them none_of_these none_of_the_above none_of_those nothing neither_of_them neither_one
""",
            "or": "or / either_or",
            "link": "and n an_also plus then as_well , & +",
            "reason": "because cos cuz coz bc bcos bcoz becuz becos since cause",
            "doubt": """
 ? not_only not_just not_sure idk dunno dont_know do_not_know no_idea no_clue dont_mind do_not_mind dont_care
 nothing_but none_but no_doubt no_question not_bad nothing_beats cant_beat used_to no_longer i_wish wish if unless
 no_wait wait i_meant scratch_that no_one whatever might could this_one that_one which_one the_one rarely hardly
 barely unlike less_than more_than jk joking nothing_like
""",
            "one": "one 1",
        },
        NEUTRAL.naming,
    ),
    counting=listed(
        {
            "filler": _CHATTER
            + """
 and about around roughly approx approximately aprox circa like maybe probably prob probs i_think i_guess i_reckon ish
 or_so more_or_less say i im am id it its thats is a an the my age aged year_old years_old yr_old yrs_old yr yrs year
 years old yo y_/_o yo_old y_o time times euro euros pound pounds quid dollar dollars person people just_turned turned
 day days just only exactly of in_total total altogether nearly_always point_out half_way star stars number with have
 got ive go for
""",
            "unit": "minute minutes min mins minuts",
            "hour": "hour hours hr hrs h",
            "half": "half",
            "half hour": "half_hour",
            "a half": "and_a_half and_half and_1_/_2",
            "doubt": """
 ? + < > % not_sure year yr quarter week weeks month months second seconds sec secs p pence cent cents k per most_days
 a_day a_week a_month a_year out_of if but to_be almost nearly
""",
            "not": _NOT + " not",
            "nil": "none nothing no_one nobody nowt zilch",
            "minus": "minus negative",
            "point": "point",
            "range": "- or to between from through till until /",
            "below": "under below less_than fewer_than younger_than less",
            "above": "over above more_than older_than",
            "or below": """
 or_less or_under or_fewer or_younger or_below up_to at_most max maximum no_more_than and_under
""",
            "or above": """
 or_more or_over or_older or_above and_over and_above and_older at_least plus + min_of and_up
""",
            "nearly": "nearly almost not_quite going_on just_under",
        },
        NEUTRAL.counting,
    ),
    out_of={"/": True, "out of": True, "of": True, "outta": True},
    positions=valued(
        """
 first:1 second:2 third:3 fourth:4 forth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 last:-1 final:-1 top:1
 bottom:-1 middle:0 second_last:-2 second_to_last:-2 next_to_last:-2 last_but_one:-2 penultimate:-2 2_nd_last:-2
 2_nd_to_last:-2 third_from_last:-3 third_last:-3 second_from_bottom:-2 second_from_the_bottom:-2 second_from_last:-2
 second_from_top:2 second_from_the_top:2
"""
    ),
    amounts=valued(
        """
 dozen:12 half_a_dozen:6 half_dozen:6 once:1 twice:2 thrice:3 nil:0 nought:0
"""
    ),
    multipliers=valued("hundred:100 thousand:1000 million:1000000 k:1000"),
    vague=valued("couple:2 couple_of:2"),
    accented={"a": "one"},
    numerals=phrases(
        """
 three four five seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
 thirty forty fifty sixty seventy eighty ninety hundred thousand
"""
    ),
    ciphers=phrases("zero one two three four five six seven eight nine"),
    minor=frozenset(phrases("a an the of to in on at by with for from and or i im my me we it is am be do that this")),
    negating=frozenset(phrases(f"{_NOT} nor neither none nothing")) - {"hate", "hates", "dislike"},
    common=frozenset(
        phrases(
            """
 able after again ago alone away back bad been before behind best better big bored boring both bring broken came come
 could day days dark dead done down each early easy else even ever far fast feel feels few find five four full fun gave
 give gone good great had half happy hard have hear help here high home hope hour hours house into just keep kept kids
 know last late later least leave left less life little live lives long look lost lots love made make makes many mean
 mine more much must near need needs never new nice night only open other over own part past people place put quite
 rain read real said same seen shut side slow some soon stay still stop stops such sure take talk tell than their them
 then there these they thing things those time times tired told took town turn under until used very wait week weeks
 well went were what when where which while whole will wish work works worse worst year years young your
"""
        )
    ),
    thousands=",",
)
