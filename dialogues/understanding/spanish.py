"""What Spanish words do in a reply, as young people type them."""

from typing import Final

from dialogues.understanding.vocabulary import NEUTRAL, Lexicon, listed, phrases, valued

_CHATTER: Final = """
 jaja jajaja jajajaja jeje porfa porfi por_favor pls gracias perdon sorry bueno pues pos a_ver eh mm mmm hola oye tio
 tia bro la_verdad sinceramente honestamente realmente literal literalmente o_sea es_que vamos hombre x muchas_gracias
"""
_HEDGES: Final = """
 quizas quiza tal_vez talvez igual probablemente seguramente creo creo_que yo_creo supongo supongo_que pienso diria
 yo_diria a_lo_mejor puede puede_ser normalmente generalmente casi_siempre sobre_todo mas_bien a_veces suelo seguro
 claro desde_luego definitivamente por_supuesto sin_duda mayormente
"""
_NOT: Final = "no nunca jamas tampoco ni sin odio nop nope ningun"

LEXICON: Final = Lexicon(
    declining=listed(
        {
            "filler": _CHATTER
            + """
 yo lo la el de eso esto esta este pregunta me te que a mi ya ahora sobre
""",
            "refuse": """
 skip paso pasar saltar salta saltala saltalo siguiente siguiente_pregunta otra_pregunta sin_comentarios sin_respuesta
 prefiero_no_decir prefiero_no_decirlo prefiero_no_contestar prefiero_no_responder prefiero_no prefiero_no_hablar
 no_quiero_decir no_quiero_decirlo no_quiero_contestar no_quiero_responder no_contesto no_respondo no_quiero_hablar
 no_voy_a_decirlo no_voy_a_contestar no_te_importa no_es_asunto_tuyo es_privado n_/_c nc prefiero_saltar quiero_saltar
 quiero_pasar prefiero_pasar no_lo_digo no_lo_quiero_decir prefiero_no_comentarlo no_aplica
""",
            "unsure": """
 ns nose no_se no_lo_se nsnc ns_nc ns_/_nc no_sabria no_sabria_decir no_sabria_decirte ni_idea ni_puta_idea ni_zorra
 no_tengo_idea no_tengo_ni_idea no_tengo_claro no_lo_tengo_claro no_estoy_seguro no_estoy_segura no_estoy_segure
 quien_sabe vete_a_saber a_saber yo_que_se que_se no_me_acuerdo no_recuerdo me_da_igual da_igual ni_fu_ni_fa no_opino
 sin_opinion no_tengo_opinion
""",
        },
        NEUTRAL.declining,
    ),
    assenting=listed(
        {
            "filler": _CHATTER
            + """
 . , ! : ; ( ) " ' * _ ¡ ¿ yo lo la el eso esto esta este a de que me en y muy quiero participar tomar parte por mi
 tambien
""",
            "yes": """
 si sii sip sep siii s vale ok okay okey oki va venga dale claro claro_que_si por_supuesto desde_luego de_acuerdo
 estoy_de_acuerdo acepto correcto exacto cierto verdad eso_es asi_es afirmativo perfecto genial yes yeah yep como_no
 ya_lo_creo me_apunto vale_si
""",
            "surely": "definitivamente totalmente absolutamente seguro ciertamente sin_duda",
            "no": """
 no n que_va nop nope nel nah na noo que_no claro_que_no por_supuesto_que_no desde_luego_que_no para_nada
 de_ninguna_manera ni_de_broma ni_hablar ni_loco ni_loca nunca jamas no_gracias no_quiero no_acepto
 no_estoy_de_acuerdo no_de_acuerdo en_absoluto negativo no_me_interesa no_creo creo_que_no tampoco no_mucho
 la_verdad_es_que_no
""",
            "dont": "no_lo no_me",
            "perhaps": """
 quizas quiza tal_vez talvez a_veces depende segun puede puede_ser a_lo_mejor mas_o_menos un_poco ni_si_ni_no igual
 ambas ambos
""",
            "doubt": """
 ? ya ya_ya anda_ya que_dices estoy_bien no_hay_problema sin_problema por_que_no porque_no me_da_igual no_me_importa
 da_igual supongo supongo_que_si creo creo_que_si espero_que_si probablemente si_pero pero solo siempre_que cuando
 salvo no_se ns nose bien como_quieras tranquilo si_es si_no si_hay si_puedo si_me
""",
        },
        NEUTRAL.assenting,
    ),
    naming=listed(
        {
            "filler": _CHATTER
            + _HEDGES
            + """
 - ¡ ¿ yo el la los las lo un una unos unas al a en de del con por para mi mis me te es seria que se nos va voy vamos
 uso usar tomo cojo coger prefiero elijo escojo escoger quiero gusta gustan encanta encantan pongo digo respuesta
 opcion numero n_º mejor favorito favorita si sip vale solo solamente ir siempre tambien ademas sera ese esa esto eso
""",
            "not": _NOT + " en_vez_de en_vez_del en_lugar_de en_lugar_del antes_que evito",
            "contrast": "pero sino",
            "except": "menos excepto salvo aparte_de quitando menos_en",
            "all except": """
 todo_menos todos_menos todas_menos todo_excepto todos_excepto todas_excepto todo_salvo todos_salvo todas_salvo
 cualquiera_menos cualquier_cosa_menos todos_ellos_menos todas_ellas_menos
""",
            "nor": "ni",
            "perhaps": "quizas quiza tal_vez talvez a_lo_mejor igual",
            "other": "otro otra otra_cosa algo_mas otros otras",
            "all": """
 todo todos todas todos_ellos todas_ellas todas_las_opciones todos_los_anteriores todas_las_anteriores
""",
            "any": "cualquiera cualquier_cosa da_igual_cual",
            "both": "ambos ambas los_dos las_dos",
            "none": """
 nada ninguno ninguna ninguno_de_ellos ninguna_de_ellas ninguno_de_estos ninguna_de_estas ninguno_de_los_anteriores
 ninguna_de_las_anteriores ningunos ningunas
""",
            "or": "o u / o_bien",
            "link": "y e , & + mas",
            "reason": "porque pq xq xk porq ya_que puesto_que",
            "doubt": """
 ? no_solo no_solamente no_se nose ni_idea ns no_estoy_seguro no_estoy_segura me_da_igual da_igual no_me_importa antes
 ya_no ojala nada_mas_que no_hay_duda espera perdon_no digo_no casi_nunca si_no nadie
""",
            "one": "uno una un",
        },
        NEUTRAL.naming,
    ),
    counting=listed(
        {
            "filler": _CHATTER
            + """
 ¡ ¿ y unos unas sobre como aproximadamente aprox alrededor_de cerca_de mas_o_menos quizas quiza creo creo_que yo_creo
 supongo tengo son es el la los las mi edad anos de vez veces euro euros persona personas dia dias solo exactamente
 en_total total estrella estrellas acabo_de_cumplir cumplidos por_ahi numero que
""",
            "unit": "minuto minutos min mins",
            "hour": "hora horas hr hrs h",
            "half": "medio media",
            "half hour": "media_hora",
            "a half": "y_medio y_media y_1_/_2",
            "doubt": """
 ? + < > % ano cuarto cuartos semana semanas mes meses segundo segundos centimo centimos k por pero si al_dia
 a_la_semana al_mes por_semana
""",
            "not": _NOT,
            "nil": "nada ninguno ninguna nadie ningunos ningunas",
            "minus": "menos",
            "point": "coma punto",
            "range": "- o u a entre hasta desde /",
            "below": "menos_de menor_de menores_de debajo_de por_debajo_de",
            "above": "mas_de mayor_de mayores_de encima_de por_encima_de",
            "or below": "o_menos o_menor o_menores como_mucho como_maximo no_mas_de",
            "or above": "o_mas y_mas o_mayor o_mayores en_adelante al_menos por_lo_menos como_minimo +",
            "nearly": "casi",
        },
        NEUTRAL.counting,
    ),
    out_of={"/": True, "de": True, "sobre": True},
    positions=valued(
        """
 primero:1 primera:1 primer:1 segundo:2 segunda:2 tercero:3 tercera:3 tercer:3 cuarto:4 cuarta:4 quinto:5 quinta:5
 sexto:6 sexta:6 septimo:7 septima:7 octavo:8 octava:8 noveno:9 novena:9 decimo:10 decima:10 ultimo:-1 ultima:-1
 penultimo:-2 penultima:-2 antepenultimo:-3 antepenultima:-3 de_arriba:1 de_abajo:-1 de_en_medio:0 del_medio:0
 del_centro:0
"""
    ),
    amounts=valued(
        """
 docena:12 una_docena:12 media_docena:6 una_vez:1
"""
    ),
    multipliers=valued("mil:1000 millones:1000000 millon:1000000 k:1000"),
    vague=valued("par:2 par_de:2"),
    accented={
        "veintidos": "veintidós",
        "veintitres": "veintitrés",
        "veintiseis": "veintiséis",
        "veintiun": "veintiuno",
    },
    numerals=phrases(
        """
 cuatro cinco siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte
 veintiuno veintidos treinta cuarenta cincuenta sesenta setenta ochenta noventa
"""
    ),
    ciphers=phrases("cero uno dos tres cuatro cinco seis siete ocho nueve"),
    minor=frozenset(
        phrases("el la los las lo un una unos unas de del a al en con por para y o u e mi mis me yo se que es")
    ),
    negating=frozenset(phrases("no nunca jamas tampoco ni sin ningun ninguno ninguna nada")),
    common=frozenset(
        phrases(
            """
 abajo ahora algo alguien alla alli antes aqui arriba aunque bajo bastante bien buena bueno cada calle cara caro casa
 casi cerca chica chico ciudad claro como cosa cosas cuando dar debe decir dentro desde despues dia dias dice donde
 durante ellos entre era esta estan estar este esto fuera gente gran grande gusta hace hacer hasta hay hora horas hoy
 ido igual largo lejos lento llega luego lugar mala malo mas mayor mejor menos mes mientras mismo mitad mucha mucho
 mundo nadie noche nueva nuevo nunca otra otro para parte peor pero poca poco poder porque puede pueden que queda quien
 rato roto sale salir semana ser siempre sobre solo tanto tarde tener tiempo tiene tienen toda todo todos trabajo va
 vamos vez vida viene vivir vivo vosotros ya
"""
        )
    ),
    thousands=".",
)
