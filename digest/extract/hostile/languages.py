# ruff: noqa: E501, RUF001, RUF005 - a pattern a line reads better than one cut into pieces; letters of all scripts are the point
"""The words of commands to a machine in other languages, and how they combine. In plain letters:
lower case, no accents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.extract.hostile.rules import InjectionRule, rule

_NEAR = r"[^\n.!?\u3002\uff01\uff1f]{0,60}?"
_WIDE = r"(?:(?![.!?\u3002]\s)[^\n]){0,120}?"
_PROMPT = r"\bprompt|system ?prompt|プロンプト|프롬프트|промпт|البرومبت|प्रॉम्प्ट"


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language's words, each but the first a pattern: what is ignored, who is called, what is
    written into what, who gets it.
    """

    # words of which one stands in whatever its rules find; "" for a language that its script gives
    # away
    near: str
    ignore: str
    instructions: str
    called: str  # a machine called upon: "note to language models", "if you are an AI"
    put: str  # add, write, mention: as an order
    digest: str  # summary, newsletter, headline, answer
    reply: str  # reply only with
    now: str  # you are now, from now on
    send: str
    readers: str  # recipients, the list, everybody
    reveal: str
    must: str


TONGUES = {
    "es": Tongue(
        "instrucc indicac directri regla ordenes _eres_ usted resumen boletin titular responde_"
        " respuesta responda contesta conteste ahora partir destinatario suscriptor lista_de"
        " inteligencia",
        r"\b(?:ignor(?:a|e|en|ad|ar)|olvid(?:a|e|en|ad|ar)|descart(?:a|e|en|ar)|haz caso omiso|no"
        r" hagas caso|hagan caso omiso|haga caso omiso|desatiende)\b",
        r"\b(?:instruccion|indicacion|orden(?:es)?\b|directri|reglas?\b|prompt)",
        r"\bsi (?:eres|es usted|usted es) (?:un |una )?(?:ia\b|inteligencia artificial|modelo de"
        r" lenguaje|asistente|bot\b|chatbot)|\b(?:nota|atencion|mensaje|aviso|instruccion(?:es)?)\W+(?:para|a)\W+"
        r"(?:\w+ ){0,3}?(?:ias?\b|inteligencia artificial|modelos? de"
        r" lenguaje|asistentes?|resumidor|chatbots?|bots?\b)",
        r"\b(?:incluye|incluya|incluir|anade|anada|agrega|agregue|escribe|escriba|menciona|mencione|pon|ponga|inserta|inserte|di"
        r" que|diga que|titula|enlaza)\b",
        r"\b(?:resumen|boletin|titular(?:es)?|newsletter|tu (?:respuesta|salida)|su respuesta)\b",
        r"\b(?:responde|responda|contesta|conteste|devuelve|escribe|imprime)"
        r" (?:solo|solamente|unicamente|exclusivamente)\b",
        r"\b(?:ahora eres|a partir de ahora,? (?:eres|debes|respond)|actua como (?:un|una|si)|finge"
        r" (?:ser|que eres))\b",
        r"\b(?:envia|envie|manda|mande|reenvia|reenvie|anade|agrega|anada|agregue)\b",
        r"\b(?:destinatarios?|suscriptor(?:es)?|lista de (?:correo|distribucion|envio)|copia"
        r" oculta)\b",
        r"\b(?:revela|revele|muestra|muestre|imprime|repite|divulga)\b",
        r"\b(?:debe|deben|tiene que|ha de)"
        r" (?:ser|decir|incluir|mencionar|contener|empezar|rezar|aparecer|figurar|llevar)\b",
    ),
    "fr": Tongue(
        "instruction consigne directive regle ordre es_un es_une etes resume infolettre lettre_d"
        " reponse reponds repondez synthese desormais maintenant destinataire abonne liste_de"
        " bulletin agis comporte intelligence_artif",
        r"\b(?:ignore[rz]?|oublie[rz]?|ne (?:tiens|tenez) (?:pas |aucun )?compte|ne suis plus|ne"
        r" suivez plus|fais abstraction|faites abstraction|neglige[rz]?)\b",
        r"\b(?:instructions?|consignes?|directives?|regles?|ordres?)\b|\bprompt",
        r"\bsi (?:tu es|vous etes) (?:un |une )?(?:ia\b|intelligence artificielle|modele de"
        r" langage|assistant|robot|chatbot)|\b(?:note|attention|message|avis|instructions?)\W+(?:pour|a|aux?)\W+(?:\w+["
        r" ']){0,3}?(?:ia\b|"
        r"intelligences? artificielles?|modeles? de"
        r" langage|assistants?|resumeurs?|robots?|chatbots?)",
        r"\b(?:inclu(?:s|ez|re)|ajoute[rz]?|ecris|ecrivez|mentionne[rz]?|insere[rz]?|mets|mettez|dis"
        r" que|dites que|titre[rz]|cite[rz]|indique[rz])\b",
        r"\b(?:resume|lettre d'information|infolettre|newsletter|titre"
        r" principal|bulletin|(?:ta|votre) (?:reponse|sortie|synthese)|ton resume)\b",
        r"\b(?:reponds|repondez|renvoie|renvoyez|ecris|ecrivez|affiche[rz]?)(?: \w+)?"
        r" (?:uniquement|seulement|exclusivement|rien que)\b",
        r"\b(?:tu es (?:maintenant|desormais)|vous etes (?:maintenant|desormais)|desormais,?"
        r" (?:tu|vous)|fais comme si tu|fais semblant|agis comme|agissez comme)\b",
        r"\b(?:envoie|envoyez|envoyer|transmets|transmettez|transfere[rz]?|ajoute[rz]?)\b",
        r"\b(?:destinataires?|abonnes?|liste de (?:diffusion|distribution)|copie cachee|cci)\b",
        r"\b(?:revele[rz]?|montre[rz]?|affiche[rz]?|repete[rz]?|divulgue[rz]?)\b",
        r"\b(?:doit|doivent)"
        r" (?:etre|dire|inclure|contenir|mentionner|commencer|indiquer|figurer|apparaitre|porter)\b",
    ),
    "de": Tongue(
        "anweisung instruktion vorgabe weisung regel befehl richtlinie sprachmodell _ki_ ki-"
        " zusammenfassung schlagzeile uberschrift ausgabe antwort ab_jetzt ab_sofort du_bist"
        " sie_sind empfanger abonnent verteiler mailingliste chatbots: assistenten anleitung",
        r"\b(?:ignorier(?:e|en|t)|vergiss|vergesst|vergessen sie|missachte|missachten"
        r" sie|verwirf|ubergehe|lass\w* .{0,30}ausser acht|beachte\w* .{0,30}nicht)\b",
        r"\b(?:anweisung|instruktion|vorgabe|weisung|regeln?\b|befehl|prompt|richtlinie|anleitung)",
        r"\b(?:wenn|falls|sofern) (?:du|sie|ihr) (?:eine? )?(?:ki\b|kunstliche"
        r" intelligenz|sprachmodell|ki-\w+|assistent|bot\b|chatbot)|\b(?:hinweis|nachricht|achtung|anweisung|mitteilung|notiz)(?:en)?\W+(?:an|fur)\W+(?:\w+"
        r" ){0,3}?(?:ki\b|ki-|"
        r"kunstliche|sprachmodell|assistent|chatbot|bots?\b|zusammenfass)",
        r"\b(?:fuge?|fugen sie|schreibe?|schreiben sie|erwahne|erwahnen sie|nenne|nennen"
        r" sie|setze|setzen sie|nimm|nehmen sie|gib|geben sie|verlinke|verlinken"
        r" sie|baue|titele)\b",
        r"\b(?:zusammenfassung|newsletter|schlagzeile|uberschrift|ausgabe|rundbrief|(?:deiner?|deine|ihre[rn]?)"
        r" antwort)\b",
        r"\b(?:antworte|antworten sie|gib|geben sie|schreibe?|schreiben sie)(?: \w+)?"
        r" (?:nur|ausschliesslich|lediglich)\b",
        r"\b(?:du bist (?:jetzt|nun|ab sofort)|sie sind (?:jetzt|nun) (?:eine?|der|die)|ab"
        r" (?:jetzt|sofort) (?:bist|antwort|schreib|gilt|musst)|tu so,? als|verhalte dich)\b",
        r"\b(?:sende|senden sie|schicke?|schicken sie|verschicke|leite|leiten sie|fuge?|fugen"
        r" sie|trage|tragen sie)\b",
        r"\b(?:empfanger|abonnenten|verteiler|mailingliste|empfangerliste|blindkopie)\w*\b",
        r"\b(?:verrate|zeige|zeigen sie|gib .{0,30}aus|wiederhole|offenbare|nenne)\b",
        r"\b(?:muss|mussen|soll|hat) (?:\w+"
        r" ){0,4}?(?:lauten|heissen|enthalten|sein|nennen|beginnen|stehen|erscheinen|vorkommen|erwahnen)\b",
    ),
    "it": Tongue(
        "istruzion indicazion direttiv regol comand ordini se_sei se_siete intelligenza riassunto"
        " sommario titolo riepilogo rispond risposta ora_sei adesso_sei ora_in destinatari iscritti"
        " abbonati lista modell sintesi assistent",
        r"\b(?:ignor(?:a|ate|are|i)|dimentic(?:a|ate|are|hi)|trascura(?:te)?|non (?:seguire|tenere"
        r" conto)|scarta)\b",
        r"\b(?:istruzion|indicazion|direttiv|regol[ae]\b|comand[io]\b|ordini\b|prompt)",
        r"\bse (?:sei|siete|lei e) (?:un |una |un')?(?:ia\b|ai\b|intelligenza artificiale|modello"
        r" (?:linguistico|di"
        r" linguaggio)|assistente|chatbot|bot\b)|\b(?:nota|attenzione|messaggio|avviso|istruzioni)\W+(?:per|a|agli|ai|alle|alla)\W+(?:\w+["
        r" ']){0,3}?"
        r"(?:ia\b|ai\b|intelligenz[ae] artificial|modell[oi] (?:linguistic|di"
        r" linguaggio)|assistent|chatbot|riassuntor)",
        r"\b(?:includi|includete|aggiungi|aggiungete|scrivi|scrivete|menziona(?:te)?|inserisci|inserite|metti|mettete|cita(?:te)?|di'"
        r" che|indica)\b",
        r"\b(?:riassunto|sommario|newsletter|titolo|bollettino|riepilogo|(?:tua|vostra|sua)"
        r" (?:risposta|sintesi))\b",
        r"\b(?:rispondi|rispondete|scrivi|restituisci|stampa)(?: \w+)?"
        r" (?:solo|soltanto|esclusivamente|unicamente)\b",
        r"\b(?:ora sei|adesso sei|da ora in poi|d'ora in poi|d'ora in avanti|fingi di|comportati"
        r" come|agisci come)\b",
        r"\b(?:invia(?:te)?|manda(?:te)?|inoltra(?:te)?|spedisci|aggiungi|aggiungete)\b",
        r"\b(?:destinatari[oi]?|iscritti|abbonati|lista di distribuzione|mailing list|copia"
        r" nascosta)\b",
        r"\b(?:rivela(?:te)?|mostra(?:te)?|stampa(?:te)?|ripeti|divulga)\b",
        r"\b(?:deve|devono)"
        r" (?:essere|dire|includere|contenere|menzionare|iniziare|recitare|comparire|apparire|figurare)\b",
    ),
    "pt": Tongue(
        "instruc diretriz orientac comando regra ordens voce resumo boletim manchete titulo sumario"
        " responda responde_ resposta a_partir destinatario assinante lista inteligencia modelo"
        " assistente",
        r"\b(?:ignor(?:e|em|a|ar)|esquec(?:a|am|e|er)|desconsider(?:e|em|a|ar)|descart(?:e|em|a)|nao"
        r" (?:siga|obedeca)|despreze)\b",
        r"\b(?:instruc|diretriz|orientac|comandos?\b|regras?\b|ordens\b|prompt)",
        r"\bse (?:voce e|voce for|es|tu es|for) (?:um |uma )?(?:ia\b|inteligencia artificial|modelo"
        r" de linguagem|assistente|chatbot|robo)|\b(?:nota|atencao|mensagem|aviso|instrucoes)\W+(?:para|a|as|aos)\W+(?:\w+"
        r" ){0,3}?(?:ias?\b|inteligencias? artificia|"
        r"modelos? de linguagem|assistentes?|chatbots?|robos?|resumidor)",
        r"\b(?:inclua|incluam|inclui|adicione|adiciona|acrescente|escreva|escreve|mencione|insira|coloque|cite|diga"
        r" que)\b",
        r"\b(?:resumo|boletim|newsletter|manchete|titulo principal|sumario|(?:sua|tua)"
        r" (?:resposta|saida))\b",
        r"\b(?:responda|responde|escreva|retorne|imprima)(?: \w+)?"
        r" (?:apenas|somente|so|exclusivamente|unicamente)\b",
        r"\b(?:agora (?:voce e|es|tu es)|voce agora e|a partir de agora|finja (?:ser|que)|aja"
        r" como|atue como)\b",
        r"\b(?:envie|envia|mande|encaminhe|adicione|acrescente|inclua)\b",
        r"\b(?:destinatarios?|assinantes|lista de (?:e-?mails?|distribuicao|envio)|copia oculta)\b",
        r"\b(?:revele|mostre|imprima|repita|divulgue|exiba)\b",
        r"\b(?:deve|devem|tem de|tem que)"
        r" (?:ser|dizer|incluir|conter|mencionar|comecar|aparecer|constar)\b",
    ),
    "nl": Tongue(
        "instructie opdracht aanwijzing regel richtlijn taalmodel samenvatting nieuwsbrief kop"
        " antwoord je_bent u_bent vanaf_nu ontvanger abonnee mailinglijst verzendlijst assistent"
        " een_ai een_bot",
        r"\b(?:negeer|negeren|vergeet|sla .{0,30}over|volg .{0,30}niet|laat .{0,30}buiten"
        r" beschouwing)\b",
        r"\b(?:instructie|opdracht|aanwijzing|regels?\b|richtlijn|prompt|bevel)",
        r"\bals (?:je|jij|u) een"
        r" (?:ai\b|ai-|taalmodel|kunstmatige|assistent|chatbot|bot\b)|\b(?:opmerking|bericht|let"
        r" op|notitie|instructie|boodschap)s?\W+(?:voor|aan)\W+(?:\w+"
        r" ){0,3}?(?:ai\b|ai-|taalmodel|assistent|chatbot|samenvatter)",
        r"\b(?:voeg|neem|schrijf|vermeld|zet|plaats|noem|citeer|zeg dat)\b",
        r"\b(?:samenvatting|nieuwsbrief|kop\b|koptekst|(?:je|jouw|uw) antwoord)\b",
        r"\b(?:antwoord|reageer|schrijf|geef)(?: \w+)? (?:alleen|uitsluitend|slechts|enkel)\b",
        r"\b(?:je bent (?:nu|vanaf nu)|u bent nu|vanaf nu (?:ben|moet|zal|antwoord)|doe alsof)\b",
        r"\b(?:stuur|verstuur|verzend|voeg)\b",
        r"\b(?:ontvangers?|abonnees|mailinglijst|verzendlijst|geadresseerden|bcc)\b",
        r"\b(?:onthul|toon|herhaal|laat .{0,20}zien|geef)\b",
        r"\bmoet (?:\w+ ){0,4}?(?:zijn|luiden|bevatten|vermelden|beginnen|staan|noemen)\b",
    ),
    "pl": Tongue(
        "instrukcj polecen wytyczn zasad reguly regul_ rozkaz jestes podsumowan streszczen biuletyn"
        " naglow odpowied od_teraz odbiorc adresat subskrybent listy_ liste_o liste_m modeli"
        " modelem sztuczn asystent",
        r"\b(?:z?ignoruj(?:cie)?|zapomnij|pomin|odrzuc|nie zwracaj uwagi|nie stosuj)\b",
        r"\b(?:instrukcj|polecen|wytyczn|zasad|regul|rozkaz|prompt)",
        r"\bjesli jestes"
        r" (?:ai\b|si\b|sztuczn|model|asystent|chatbot|botem)\w*|\b(?:uwaga|wiadomosc|notatka|informacja|instrukcja)\W+(?:dla|do)\W+(?:\w+"
        r" ){0,3}?(?:ai\b|si\b|sztuczn|modeli|modelu|asystent|chatbot)",
        r"\b(?:dodaj|dolacz|napisz|wspomnij|wstaw|umiesc|wpisz|podaj|zacytuj|uwzglednij)\b",
        r"\b(?:podsumowani|streszczeni|newsletter|biuletyn|naglow\w+|odpowiedzi)\w*\b",
        r"\b(?:odpowiedz|odpowiadaj|napisz|zwroc|wypisz)(?: \w+)? (?:tylko|wylacznie|jedynie)\b",
        r"\b(?:jestes teraz|teraz jestes|od teraz|udawaj|zachowuj sie jak)\b",
        r"\b(?:wyslij|przeslij|przekaz|roześlij|rozeslij|dodaj)\b",
        r"\b(?:odbiorc\w+|adresat\w+|subskrybent\w+|list[ey]"
        r" (?:mailingow\w+|odbiorcow|wysylkow\w+))\b",
        r"\b(?:ujawnij|pokaz|wypisz|powtorz|wyswietl)\b",
        r"\b(?:musi|ma|powinien|powinno) (?:\w+ ){0,2}?(?:brzmiec|zawierac|byc|wspominac)\b",
    ),
    "ru": Tongue(
        "",
        r"(?:игнориру\w*|проигнориру\w*|забудь\w*|не обращай\w* внимания|отмени\w*|не"
        r" следуй\w*|отбрось\w*|пренебреги\w*)",
        r"(?:инструкци|указани|правил|команд|промпт|предписани|распоряжени)",
        r"если (?:ты|вы)\W+(?:\w+"
        r" )?(?:ии\b|искусственн|языков|нейросет|ассистент|модель|бот\b|чат-?бот)|(?:внимание|сообщение|примечание|заметка|инструкция|обращение)\W+(?:для"
        r" |к )?(?:\w+ ){0,2}?(?:ии\b|искусственн|языков|нейросет|ассистент|модел)",
        r"(?:добавь|добавьте|включи|включите|напиши|напишите|укажи|укажите|упомяни|упомяните|вставь|вставьте|помести|процитируй|поставь|сделай|назови|опиши)\w*",
        r"(?:резюме|рассылк|дайджест|заголов|сводк|ответ|выпуск|пересказ)\w*",
        r"(?:отвечай|отвечайте|ответь|ответьте|выведи|выведите|напиши|верни)\w*(?: \w+)?"
        r" (?:только|исключительно|лишь)",
        r"(?:теперь (?:ты|вы)|ты теперь|вы теперь|отныне|с этого момента|притворись|веди себя как)",
        r"(?:отправь|отправьте|перешли|перешлите|разошли|разошлите|вышли|добавь|добавьте)",
        r"(?:получател|подписчик|адресат|список рассылки|рассылк|скрыт\w+ копи)\w*",
        r"(?:раскрой|покажи|выведи|повтори|распечатай)\w*",
        r"(?:должен|должна|должно|должны) (?:\w+"
        r" ){0,2}?(?:быть|содержать|гласить|звучать|начинаться|упоминать)",
    ),
    "tr": Tongue(
        "talimat yonerge komut kural istem direktif yapay dil_model asistan ozet bulten baslik"
        " yanit cevap artik bundan alici_ alicilar abone listesi gizli",
        r"(?:yok say|yoksay|gormezden gel|unut|dikkate alma|goz ardi et|boş ver|bos ver|uyma)\w*",
        r"(?:talimat|yonerge|komut|kural|istem|prompt|direktif)",
        r"\b(?:eger )?(?:bir )?(?:yapay zeka|dil modeli|ai|asistan)\w*(?: \w+)?"
        r" ?(?:isen|iseniz|ysan|ysaniz|sen\b|seniz)|(?:yapay zeka|dil"
        r" model|asistan|ozetleyici)\w*(?: \w+){0,2}? (?:icin|dikkat|notu?\b|mesaj)",
        r"\b(?:ekle|dahil et|yaz|belirt|koy|bahset|yerlestir|alinti yap)\w*",
        r"(?:ozet|bulten|baslik|yanit|cevap|cikti)\w*",
        r"(?:sadece|yalnizca)\b[^\n.]{0,40}?\b(?:yanit ver|cevap ver|yaz|yanitla|cevapla|dondur)",
        r"\b(?:artik (?:sen )?bir|sen artik|bundan sonra|su andan itibaren|gibi davran|rolune gir)",
        r"\b(?:gonder|ilet|yolla|ekle)\w*",
        r"(?:alici|abone|dagitim listesi|posta listesi|gizli kopya)\w*",
        r"\b(?:goster|ifsa et|yazdir|acikla|tekrarla|paylas)\w*",
        r"(?:olmali|icermeli|yazmali|belirtmeli|baslamali)\w*",
    ),
    "zh": Tongue(
        "",
        r"(?:忽略|无视|無視|忘记|忘記|忘掉|不要理会|不要遵[循守]|请勿遵循|抛弃|丢弃|绕过|取消|停止执行)",
        r"(?:指令|指示|提示词?|规则|規則|命令|设定|要求|说明)",
        r"如果(?:你|您)是[^\n。"
        r"]{0,12}?(?:ai|人工智能|人工智慧|语言模型|模型|助手|机器人)|(?:致|给|給|请|对|請)[^\n。"
        r"]{0,8}?(?:ai|人工智能|人工智慧|语言模型|語言模型|大模型|助手|机器人|摘要)[^\n。"
        r"]{0,10}?(?:注意|说明|指令|[:：,，])|(?:ai|人工智能|语言模型|大模型|助手)(?:请|請)?注意",
        r"(?:加入|添加|写入|写上|写明|提及|插入|包含|包括|放入|附上|注明|加上|列为|说明)",
        r"(?:摘要|总结|總結|简报|通讯|通訊|标题|標題|回答|回复|输出|日报|周报|简讯)",
        r"(?:只|仅|僅)(?:能|需|用|以|可)?(?:回复|回答|输出|回覆|返回|写)|(?:回复|回答|输出|回覆)(?:时)?(?:只|仅|僅)",
        r"(?:你|您)现在(?:是|必须)|从现在(?:开始|起)|从此刻起|扮演|假装(?:你|自己)",
        r"(?:发送|发给|发送到|转发|寄给|抄送|添加|加入|发到)",
        r"(?:收件人|订阅者|訂閱者|邮件列表|密送|抄送|名单|所有人|邮箱)",
        r"(?:透露|显示|輸出|输出|泄露|公开|打印|重复|告诉我)",
        r"(?:必须|必須|一定要|务必)[^\n。]{0,6}?(?:是|为|包含|写|提到|改)",
    ),
    "ja": Tongue(
        "",
        r"(?:無視|忘れ|従わな|破棄|取り消|却下)",
        r"(?:指示|命令|プロンプト|ルール|指令|規則|設定|説明)",
        r"(?:あなた|貴方|君)が[^\n。"
        r"]{0,12}?(?:ai|人工知能|言語モデル|アシスタント|ボット)|(?:ai|人工知能|言語モデル|アシスタント|要約(?:ツール|システム|ai)?)(?:の(?:皆さん|方))?(?:へ|への|向け|に告ぐ|宛)",
        r"(?:加え|追加し|含め|書い|記載し|挿入し|入れ|載せ|述べ|付け)",
        r"(?:要約|ニュースレター|見出し|回答|返答|出力|ダイジェスト|まとめ)",
        r"(?:だけ|のみ)(?:を|で|と)?(?:返|答|出力|回答|返信|書)",
        r"(?:あなたは(?:今|これ)から|今からあなたは|これ以降|今後は(?:すべて|常に)|ふりをし|として振る舞)",
        r"(?:送信|送っ|転送|配信|追加)",
        r"(?:宛先|受信者|購読者|メーリングリスト|配信リスト|bcc)",
        r"(?:明かし|表示し|出力し|開示し|教え|繰り返し)",
        r"(?:(?:し|で|に)なければなら|べき|必ず|とすること|にすること)",
    ),
    "ko": Tongue(
        "",
        r"(?:무시|잊어|잊고|따르지\s?마|따르지\s?말|폐기|취소)",
        r"(?:지시|명령|프롬프트|규칙|지침|설정|안내)",
        r"(?:당신이|너는|네가|귀하가|만약)[^\n.]{0,14}?(?:ai|인공지능|언어\s?모델|어시스턴트|챗봇)(?:라면|이라면|면)|(?:ai|인공지능|언어\s?모델|어시스턴트|요약\s?(?:봇|도구|프로그램)|챗봇)\s?(?:에게|에"
        r" 대한|께|들에게|용\s?(?:메시지|안내|지시))",
        r"(?:추가하|포함하|포함시|작성하|언급하|삽입하|넣으|넣어|쓰세요|써라|적으|붙이)",
        r"(?:요약|뉴스레터|제목|헤드라인|답변|응답|출력|소식지)",
        r"(?:만|으로만|로만)\s?(?:답|응답|대답|출력|작성|회신)",
        r"(?:당신은\s?이제|너는\s?이제|이제부터|지금부터|인\s?척|역할을\s?(?:해|하|맡))",
        r"(?:보내|전송|전달|발송|추가)",
        r"(?:수신자|구독자|받는\s?사람|메일링\s?리스트|숨은\s?참조|수신인)",
        r"(?:공개하|보여|출력하|알려|반복하|노출)",
        r"(?:해야\s?(?:한다|합니다|만)|이어야|여야|반드시)",
    ),
    "ar": Tongue(
        "",
        r"(?:تجاهل|تجاهلوا|انس\b|انسى|إنس|أنس|اهمل|أهمل|لا تتبع|الغ|ألغ)",
        r"(?:تعليمات|التعليمات|اوامر|أوامر|الأوامر|توجيهات|التوجيهات|قواعد|القواعد|الموجه)",
        r"(?:إذا|اذا|إن)"
        r" (?:كنت|كنتَ)[^\n.]{0,20}?(?:ذكاء|الذكاء|نموذج|مساعد|روبوت)|(?:ملاحظة|تنبيه|رسالة|انتباه|تعليمات)[^\n.]{0,8}?(?:إلى|الى|ل)[^\n.]{0,12}?(?:ذكاء|الذكاء|نموذج|نماذج|مساعد|المساعد|الملخص)",
        r"(?:أضف|اضف|اكتب|أدرج|ادرج|اذكر|ضع|اجعل|سمّ|سم |ضمّن|ضمن|قل)",
        r"(?:ملخص|الملخص|النشرة|نشرة|العنوان|عنوان|الرد|إجابت|اجابت|ردك)",
        r"(?:أجب|اجب|رد|اكتب|أرجع) (?:فقط|حصرا)|(?:أجب|اجب|اكتب)[^\n.]{0,30}?فقط",
        r"(?:أنت الآن|انت الان|أنت الان|من الآن فصاعد|من الان فصاعد|تظاهر|تصرف ك)",
        r"(?:أرسل|ارسل|أعد توجيه|حوّل|أضف|اضف)",
        r"(?:المستلمين|مستلمين|المشتركين|قائمة البريد|القائمة البريدية|قائمة المستلمين)",
        r"(?:اكشف|أظهر|اظهر|اعرض|كرر|اطبع|افصح)",
        r"(?:يجب أن|يجب ان|لا بد أن)",
    ),
    "hi": Tongue(
        "",
        r"(?:अनदेखा|अनदेखी|नज़रअंदाज़|नजरअंदाज|नज़रअंदाज|भूल जा|उपेक्षा|न मान|रद्द)",
        r"(?:निर्देश|आदेश|नियम|प्रॉम्प्ट|हिदायत|अनुदेश)",
        r"(?:यदि|अगर) (?:आप|तुम)[^\n।]{0,20}?(?:एआई|ai\b|कृत्रिम|भाषा"
        r" मॉडल|सहायक|चैटबॉट)|(?:एआई|ai|भाषा मॉडल|सहायक|चैटबॉट)[^\n।]{0,12}?(?:के"
        r" लिए|को)\s?(?:सूचना|निर्देश|नोट|संदेश|ध्यान)",
        r"(?:जोड़|शामिल कर|लिख|उल्लेख कर|डाल|बता)",
        r"(?:सारांश|समाचार ?पत्र|न्यूज़लेटर|न्यूजलेटर|शीर्षक|उत्तर|जवाब)",
        r"(?:केवल|सिर्फ़|सिर्फ)[^\n।]{0,40}?(?:उत्तर दें|जवाब दें|लिखें|उत्तर दो|जवाब दो)",
        r"(?:अब आप|अब तुम|अब से|होने का नाटक|की तरह व्यवहार)",
        r"(?:भेजें|भेजो|भेज दो|अग्रेषित|जोड़)",
        r"(?:प्राप्तकर्ता|ग्राहक|सदस्यों|मेलिंग सूची|मेलिंग लिस्ट)",
        r"(?:दिखाएं|दिखाओ|प्रकट कर|बताएं|दोहराएं)",
        r"(?:होना चाहिए|होनी चाहिए|अवश्य|ज़रूर)",
    ),
}

_GREETING = (  # how a machine is called upon before it is told what to do
    r"(?:liebe[rs]?|sehr geehrte\w*|achtung|hallo|querid[oa]s?|estimad[oa]s?|atencion|a"
    r" (?:los|las|todos los|todas las)|cher[es]{0,2}|attention|a l'attention d\w+|aux?|car[oaie]|"
    r"gentil[ei]|attenzione|agli|alle|prezad[oa]s?|atencao|aos?|as|beste|geachte|let op|aan"
    r" (?:alle|de)|drog[ia]\w*|uwaga|szanown\w+|do|fur|para|pour|per|voor|dla)"
)
_MACHINES = (
    r"(?:ki|ki-\w+|kunstliche\w*"
    r" intelligenz\w*|sprachmodell\w*|chatbots?|bots?|robots?|roboter|assistent\w*|asystent\w*|asyst\w+|asistente\w*|assistants?|ias?|inteligencias?"
    r" artificia\w+|intelligences? artificielles?|"
    r"intelligenz[ae] artificial[ei]|modelos? de (?:lengua\w*|linguagem)|modeles? de"
    r" langage|modell[oi] linguistic[oi]|taalmodel\w*|kunstmatige intelligentie|model\w*"
    r" jezykow\w+|sztuczn\w+|resumidor\w*|resumeurs?|zusammenfasser)"
)
_CALLED = (
    (
        rf"(?:^[\W\d_]{{0,8}}|[.!?:\"(\[]\s*){_GREETING}\W+(?:\w+\W+){{0,2}}?{_MACHINES}\b(?:"
        r" \w+){0,4}?\s*[:,!]"
    ),
    r"(?:уважаем|дорог|вниман|обращени)\S*[^\n.]{0,14}?(?:нейросет|ии\b|ассистент|модел|бот|искусственн)",
    r"\b(?:sevgili|sayin|dikkat)\b[^\n.]{0,14}?(?:yapay zeka|dil model|asistan|bot)",
    r"(?:致|各位|亲爱的|尊敬的|親愛的)[^\n。]{0,8}?(?:ai|人工智能|助手|模型|机器人)",
    r"(?:إلى|الى|عزيزي|أيها|ايها|انتباه)[^\n.]{0,12}?(?:المساعد|الذكاء|النموذج|الروبوت|نموذج)",
    r"(?:प्रिय|ध्यान दें)[^\n।]{0,10}?(?:एआई|ai\b|सहायक|मॉडल|चैटबॉट)",
    r"(?:친애하는|안녕)[^\n.]{0,10}?(?:ai|인공지능|어시스턴트|챗봇)",
)
_CALLED_NEAR = (
    "_ki kunstliche sprachmodell chatbot bots robot assistent asystent asistente assistants _ia"
    " inteligencia intelligence_artif intelligences_artif intelligenza modelo modele_de modello"
    " modelli taalmodel kunstmatige jezykow sztuczn resumidor resumeur zusammenfasser sevgili sayin"
    " dikkat"
)
_OTHERS = (  # nothing but our story
    (
        r"\b(?:omit|ignor|descart|excluy|elimin|no"
        r" mencion|olvid)\w*\b[^\n.]{0,40}?\b(?:demas|otr[ao]s|restantes|resto)\b[^\n.]{0,20}?\b(?:noticia|articulo|historia|fuente|nota)"
    ),
    (
        r"\b(?:omet|ignor|ecart|supprim|oubli|ne"
        r" mentionn|laiss)\w*\b[^\n.]{0,40}?\b(?:autres?|reste)\b[^\n.]{0,20}?\b(?:article|nouvelle|sujet|source|histoire|actualite)"
    ),
    r"\b(?:lass|ignorier|streich|verwirf|ubergeh|erwahn|vergiss|uberspring)\w*\b[^\n.]{0,40}?\b(?:ander|ubrig|restlich)\w*\b[^\n.]{0,20}?\b(?:artikel|meldung|nachricht|geschicht|quelle|beitrag)",
    (
        r"\b(?:omett|ignor|scart|elimin|trascur|tralasci|non"
        r" (?:menzion|cit))\w*\b[^\n.]{0,40}?\b(?:altr[eio]|restanti|resto)\b[^\n.]{0,20}?\b(?:notizi|articol|stori|font)"
    ),
    (
        r"\b(?:omit|ignor|descart|exclu|elimin|nao"
        r" mencion|deix)\w*\b[^\n.]{0,40}?\b(?:outr[ao]s|demais|restantes|resto)\b[^\n.]{0,20}?\b(?:noticia|artigo|materia|fonte|historia)"
    ),
    r"\b(?:negeer|laat|sla|schrap|vergeet|noem)\b[^\n.]{0,40}?\b(?:andere|overige)\b[^\n.]{0,20}?\b(?:artikel|bericht|nieuws|verhal|bron)",
    (
        r"\b(?:pomin|z?ignoruj|odrzuc|usun|nie"
        r" wspominaj)\w*\b[^\n.]{0,40}?\b(?:pozostal|inn)\w*\b[^\n.]{0,20}?\b(?:artykul|wiadomosc|zrodl|temat)"
    ),
    (
        r"(?:игнорируй|пропусти|удали|исключи|убери|не"
        r" упоминай|забудь)\S*[^\n.]{0,40}?(?:остальн|други)\S*[^\n.]{0,20}?(?:новост|стать|источник|материал)"
    ),
    (
        r"\bdiger\b[^\n.]{0,20}?\b(?:haber|makale|kaynak|yazi)\w*[^\n.]{0,30}?\b(?:atla|cikar|yok"
        r" say|gormezden)"
    ),
    (
        r"(?:忽略|删除|跳过|不要提)[^\n。]{0,10}?(?:其他|其它|别的|其餘)[^\n。"
        r"]{0,8}?(?:新闻|文章|报道|来源|消息)|(?:他の|ほかの|その他の)(?:記事|ニュース|情報)[^\n。"
        r"]{0,12}?(?:無視|省|載せ|除)"
    ),
    r"(?:다른|나머지)\s?(?:기사|뉴스|소식)[^\n.]{0,12}?(?:무시|제외|생략|빼)|(?:تجاهل|احذف|استبعد)[^\n.]{0,20}?(?:الأخبار|المقالات|المصادر)|(?:अन्य|बाकी)[^\n।]{0,8}?(?:समाचार|लेख|खबर)[^\n।]{0,16}?(?:हटा|छोड़|अनदेखा)",
)
_OTHERS_NEAR = (
    "demas _otr restant _resto autres ander ubrig restlich altr outr overige pozostal _inn diger"
)
_MUST = (  # machines must put something into the summary
    r"\b(?:ki|ki-\w+|sprachmodelle?n?|assistenten|chatbots|bots)\b[^\n.]{0,20}?\b(?:mussen|sollen|haben)\b[^\n.]{0,80}?\b(?:zusammenfassung|newsletter|schlagzeile|antwort|artikel|seite)",
    (
        r"\b(?:ia|inteligencia artificial|asistentes|chatbots)\b[^\n.]{0,20}?\b(?:deben|debe|tienen"
        r" que|devem|deve)\b[^\n.]{0,80}?\b(?:resumen|boletin|titular|articulo|pagina|resumo|boletim|artigo)"
    ),
    (
        r"\b(?:ia|intelligence"
        r" artificielle|assistants|chatbots|robots)\b[^\n.]{0,20}?\b(?:doivent|doit)\b[^\n.]{0,80}?\b(?:resume|titre|synthese|article|page|lettre)"
    ),
    (
        r"\b(?:ia|intelligenza"
        r" artificiale|assistenti|chatbot)\b[^\n.]{0,20}?\b(?:devono|deve)\b[^\n.]{0,80}?\b(?:riassunto|titolo|sintesi|articolo|pagina)"
    ),
    r"\byapay zeka\w*\b[^\n.]{0,10}?[:,]|\b(?:ozetle|derle)\w*\b[^\n.]{0,12}?\byapay zeka",
    (
        r"\b(?:no sigas|no obedezcas|no siga)\b[^\n.]{0,20}?\b(?:regla|instrucc|orden|indicac)|\bne"
        r" parle[rz]?\b[^\n.]{0,12}?\bd'aucun autre\b"
    ),
)
_MUST_NEAR = (
    "_ki ki- sprachmodell chatbots assistenten _ia inteligencia intelligence_artif intelligenza"
    " yapay no_sigas no_siga no_obed aucun_autre"
)
_TOLD = (  # forget what you were told
    (
        r"\b(?:olvid|ignor)\w*\b[^\n.]{0,20}?\blo que (?:te|se"
        r" te|le|os)\b[^\n.]{0,20}?\b(?:dij|dich|pid|orden)"
    ),
    r"\b(?:oubli|ignor)\w*\b[^\n.]{0,20}?\bce qu\W?\w*\b[^\n.]{0,20}?\b(?:dit|demand|ordonn)",
    (
        r"\b(?:vergiss|ignorier)\w*\b[^\n.]{0,20}?\bwas (?:dir|man"
        r" dir|ihnen|dein)\b[^\n.]{0,30}?\b(?:gesagt|aufgetragen|befohlen)"
    ),
    (
        r"\b(?:dimentic|ignor)\w*\b[^\n.]{0,20}?\bcio che|quello che"
        r" (?:ti|vi)\b[^\n.]{0,20}?\b(?:dett|chiest|ordinat)"
    ),
    (
        r"\b(?:esque|ignor|desconsider)\w*\b[^\n.]{0,20}?\bo que"
        r" (?:te|lhe|voce)\b[^\n.]{0,20}?\b(?:dit|diss|pedi|ordenad)"
    ),
    (
        r"\b(?:vergeet|negeer)\b[^\n.]{0,20}?\bwat"
        r" (?:je|u|jou)\b[^\n.]{0,20}?\b(?:verteld|gezegd|opgedragen)"
    ),
)
_TOLD_NEAR = "lo_que ce_qu was_ cio_che quello_che o_que wat_"
# only the order that nearly every attack begins with: Scandinavian, Czech, Romanian, Hungarian,
# Finnish, Indonesian, ...
_MORE = (
    (
        r"\b(?:ignorera|glom|ignorer|glem|se bort fra|bortse"
        rf" fran){_NEAR}(?:instruktion|instruks|anvisning|regler|prompt)"
    ),
    rf"\b(?:ignoruj\w*|zapomen\w*|prehliadn\w*|zabudni){_NEAR}(?:instrukc|pokyn|prikaz|pravidl|prompt)",
    rf"\b(?:ignora|ignorati|uita|uitati){_NEAR}(?:instructiun|regul|comenz|prompt)",
    (
        r"(?:hagyd figyelmen kivul|felejtsd el|figyelmen"
        rf" kivul){_NEAR}(?:utasitas|szabaly|prompt)|(?:utasitas|szabaly)\w*{_NEAR}(?:figyelmen"
        r" kivul|felejts)"
    ),
    (
        r"\b(?:unohda|ohita|jata huomiotta|ala"
        rf" noudata){_NEAR}(?:ohje|kasky|saant|kehot)|(?:ohje|kehot)\w*{_NEAR}(?:huomiotta|unohda)"
    ),
    rf"\b(?:abaikan|lupakan|jangan ikuti){_NEAR}(?:instruksi|arahan|perintah|aturan|prompt)",
    rf"\b(?:bo qua|quen|phot lo){_NEAR}(?:huong dan|chi dan|chi thi|lenh|quy tac)",
    rf"\b(?:puuza|sahau){_NEAR}(?:maagizo|maelekezo|amri)",
)
_MORE_SCRIPTS = (  # Ukrainian, Greek, Hebrew, Persian, Thai, Bengali
    rf"(?:ігноруй|ігноруйте|проігноруй|забудь){_NEAR}(?:інструкці|вказівк|правил|наказ)",
    rf"(?:αγνοησε|αγνόησε|αγνοήστε|ξέχασε|ξεχασε|ξεχάστε){_NEAR}(?:οδηγι|οδηγί|εντολ|κανόν)",
    rf"(?:התעלם|התעלמי|התעלמו|שכח|שכחו){_NEAR}(?:הוראות|ההוראות|פקודות|הנחיות|כללים)",
    (
        r"(?:نادیده بگیر|فراموش"
        rf" کن|نادیده){_NEAR}(?:دستور|قوانین|فرمان)|(?:دستور|فرمان)\S*{_NEAR}(?:نادیده|فراموش)"
    ),
    rf"(?:ละเว้น|เพิกเฉย|ไม่สนใจ|ลืม){_NEAR}(?:คำสั่ง|คำแนะนำ|กฎ)",
    rf"(?:উপেক্ষা|ভুলে যা){_NEAR}(?:নির্দেশ|নিয়ম)|(?:নির্দেশ|নিয়ম)\S*{_NEAR}(?:উপেক্ষা|ভুলে)",
)
_MORE_NEAR = (
    "instruktion instruks anvisning regler instrukc pokyn prikaz pravidl instructiun comenz"
    " utasitas szabaly ohje kasky saant kehot instruksi arahan perintah aturan huong_dan chi_dan"
    " chi_thi lenh quy_tac maagizo maelekezo amri regul"
)


def _either(one: str, other: str, gap: str = _NEAR) -> str:
    return rf"(?:{one}){gap}(?:{other})|(?:{other}){gap}(?:{one})"


def _ordered(name: str, verb: str, noun: str) -> str:
    return _either(verb, noun) if name in _VERB_LAST else rf"(?:{verb}){_NEAR}(?:{noun})"


def _rules(name: str, tongue: Tongue) -> tuple[InjectionRule, ...]:
    found = (
        ("drops its instructions", "prompt", _ordered(name, tongue.ignore, tongue.instructions)),
        ("speaks to a machine", "", tongue.called),
        (
            "puts something into the summary",
            "newsletter",
            rf"(?:{tongue.put}){_WIDE}(?:{tongue.digest})|(?:{tongue.digest}){_NEAR}(?:{tongue.put})(?=\W*(?:$|[.!\u3002]))",
        ),
        (
            "sets the form of the answer",
            "newsletter",
            rf"(?:{tongue.reply})|(?:{tongue.digest}){_NEAR}(?:{tongue.must})",
        ),
        ("gives the machine a part to play", "", tongue.now),
        (
            "sends or adds readers",
            "bcc",
            _either(tongue.send, rf"{tongue.readers}|(?:{tongue.digest}){_NEAR}\S@\S", _WIDE),
        ),
        ("wants what a machine keeps to itself", "prompt", _ordered(name, tongue.reveal, _PROMPT)),
    )
    return tuple(
        rule(what, f"{tongue.near} {also}" if tongue.near else "", pattern)
        for what, also, pattern in found
    )


_VERB_LAST = frozenset(
    {"de", "nl", "tr", "zh", "ja", "ko", "hi"}
)  # the verb may stand behind its object
_BY_SCRIPT = {
    "zh": "[\u4e00-\u9fff]",
    "ja": "[\u3040-\u30ff]",
    "ko": "[\uac00-\ud7af]",
    "ru": "[\u0400-\u04ff]",
    "ar": "[\u0600-\u06ff]",
    "hi": "[\u0900-\u097f]",
}
_FOREIGN = re.compile("[\u0370-\u1cff\u3040-\ud7ff]")
_LATIN = tuple(
    one for name, tongue in TONGUES.items() if tongue.near for one in _rules(name, tongue)
) + (
    rule("drops its instructions", _MORE_NEAR, *_MORE),
    rule("speaks to a machine", _CALLED_NEAR, *_CALLED[:1], _CALLED[2]),
    rule("drops other stories", _OTHERS_NEAR, *_OTHERS[:7], _OTHERS[8]),
    rule("drops its instructions", _TOLD_NEAR, *_TOLD),
    rule("tells machines what to do with the page", _MUST_NEAR, *_MUST),
)
_SCRIPTS = tuple(
    (re.compile(script), _rules(name, TONGUES[name])) for name, script in _BY_SCRIPT.items()
)
_OTHER = (
    rule("drops its instructions", "", *_MORE_SCRIPTS),
    rule("speaks to a machine", "", _CALLED[1], *_CALLED[3:]),
    rule("drops other stories", "", _OTHERS[7], *_OTHERS[9:]),
)


def rules_for(text: str) -> tuple[InjectionRule, ...]:
    """The rules of every language that a plain text may hold: those in Latin letters always, the
    others by their script.
    """
    if not _FOREIGN.search(text):
        return _LATIN
    return (
        _LATIN
        + _OTHER
        + tuple(one for script, rules in _SCRIPTS if script.search(text) for one in rules)
    )
