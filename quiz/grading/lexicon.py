"""Word lists of the English language that the grader knows. Nothing here is about one subject."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """
    a about above across after again against ago all almost along already also although always am among an
    and another any anyone anything are around as at away back be became because become becomes been
    before being below between both but by came can come comes could did do does doing done down during
    each either else enough etc even ever every everyone everything few for from further gave get gets
    getting give given gives go goes going gone got had has have having he hence her here hers him his how
    however i if in instead into is it its itself just keep keeps kept least less let lets like likely lot
    made make makes making many may maybe me mean means might mine more most much must my myself next now
    of off often on once one ones only onto or other others ought our ours out over own per perhaps please
    put puts quite rather really said same say says see seem seems seen shall she should since so some
    someone something sometimes soon still such sure take taken takes than that the their theirs them
    themselves then there therefore these they thing things think this those though through thus till to
    together too toward towards under unless until up upon us use used uses using usually very via want
    wants was way we well went were what whatever when whenever where whereas wherever whether which while
    who whole whom whose why will with within would yes yet you your yours yourself eg ie ok okay im ive
    id ill youre theyre thats theres whats
    """.split()
)

NEGATORS = frozenset(
    """
    not no never none nothing neither nor nobody nowhere cannot without unable hardly barely lack lacks
    lacking
    """.split()
)

# Auxiliaries: "does not" denies the verb and all that hangs on it; a bare "not" only the words up to a comma.
AUXILIARIES = frozenset(
    """
    am is are was were be been do does did has have had can could will would shall should may might must
    need needs ought
    """.split()
)

ARTICLES = frozenset(("a", "an", "the"))

# Words that hold prose together. Lists of terms have prepositions and "and" too.
GLUE = (
    (FUNCTION_WORDS | NEGATORS | AUXILIARIES)
    - ARTICLES
    - frozenset(
        """
        and or of in on to for by as at etc eg ie own per back up down out over off less more least most
        few
        """.split()
    )
)

# Words that end the reach of a negator.
SCOPE_ENDS = frozenset(
    """
    until unless except but because so since instead rather when if while whereas only although though
    however then
    """.split()
)

# "It is not true that ...", "it is wrong to say that ...": these deny all the rest of the sentence.
DENIALS = frozenset("false untrue incorrect wrong myth misconception mistake mistaken".split())
AFFIRMATIONS = frozenset("true correct right case".split())

# After a negator these make light of what stands before them: "the role never matters".
DISMISSED = frozenset(
    """
    matter matters need needed needs require required necessary relevant important useful involved related
    cause reason problem issue factor true correct help helps apply applies count counts
    """.split()
)
DISMISSALS = frozenset("irrelevant unnecessary useless pointless unimportant unneeded unrelated".split())

# Written without the apostrophe, as learners do.
BARE_CONTRACTIONS = {
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "werent": ("were", "not"),
    "cant": ("can", "not"),
    "couldnt": ("could", "not"),
    "wont": ("will", "not"),
    "wouldnt": ("would", "not"),
    "shouldnt": ("should", "not"),
    "hasnt": ("has", "not"),
    "havent": ("have", "not"),
    "hadnt": ("had", "not"),
    "mustnt": ("must", "not"),
    "neednt": ("need", "not"),
}

# Words that speak of something bad. A question with one in its prompt asks for the cause of a fault, and a
# statement with one already says what somebody else may say with "not" ("blocks", "does not allow").
FAULTS = frozenset(
    """
    fail fails failed failing failure error errors stuck kill kills killed crash crashes crashing
    insufficient unhealthy timeout broken wrong refused refuse deny denied denies reject rejected lose
    lost loses leak leaks miss missing unable throttled throttling exceed exceeded block blocks blocked
    prevent prevents exclude excluded excludes absent stop stops stopped away why inactive disconnected
    disabled unreachable unavailable hang hangs slow flapping intermittent drops dropped
    """.split()
)

# Pairs that turn a statement round. Written as words; compared as stems.
OPPOSITES = (
    ("public", "private"),
    ("inbound", "outbound"),
    ("ingress", "egress"),
    ("increase", "decrease"),
    ("increases", "reduces"),
    ("raise", "lower"),
    ("minimum", "maximum"),
    ("static", "dynamic"),
    ("stateful", "stateless"),
    ("synchronous", "asynchronous"),
    ("required", "optional"),
    ("enable", "disable"),
    ("enabled", "disabled"),
    ("internal", "external"),
    ("allow", "deny"),
    ("allows", "blocks"),
    ("start", "stop"),
    ("starts", "stops"),
    ("success", "failure"),
    ("mutable", "immutable"),
    ("encrypt", "decrypt"),
    ("persistent", "ephemeral"),
    ("permanent", "temporary"),
    ("manual", "automatic"),
    ("manually", "automatically"),
    ("horizontal", "vertical"),
    ("shared", "dedicated"),
    ("push", "pull"),
    ("healthy", "unhealthy"),
    ("available", "unavailable"),
    ("cheap", "expensive"),
    ("cheaper", "dearer"),
    ("fast", "slow"),
    ("faster", "slower"),
    ("higher", "lower"),
    ("larger", "smaller"),
    ("longer", "shorter"),
    ("older", "newer"),
    ("attach", "detach"),
    ("register", "deregister"),
    ("always", "never"),
)

# Everyday words of four letters or more that no misspelling should be read into. The bank's own words are
# known besides; this list only has to keep common words from being "repaired" into the subject's.
COMMON_WORDS = frozenset(
    """
    able accept according account act action actual actually add added adding additional address admit
    advice affect afford afraid afternoon aged agree ahead aim alarm alive allowed alone alright amount
    ancient angry animal answer anybody anyway apart appear apple area arm army arrive article ask asked
    asking asks asleep attempt autumn average avoid avoids aware baby background badly bag ball band bank
    bar bare base basic basically bath bear beat beautiful bed began begin begins behave behind believe
    belong belongs bench bend beside besides best better beyond bigger bike bill bird birth bite black
    blank blood blow blue board boat body bone book boring born borrow boss bother bottle bottom bought
    bowl box boy branch brave bread break breaks breath brick bridge brief bright bring brings broad broke
    broken brother brought brown brush bucket building builds built bunch burn bury bus bush business busy
    button buy cake call called calling calls calm camp capital captain car card care careful carry
    carries cart cash castle cat catch caught cause caused causes centre century certain certainly chain
    chair chance chat cheese chest chief child children choice choose chose church circle city claim class
    clean clear clearly clever climb close closed cloth clothes coat coffee cold collect college colour
    comfort common company compare complain complete completely computer concern consider contact cook
    cool copy corn corner cost costs cotton cough couldn count country couple courage course cover cow
    crazy cream cross crowd cry cup curious curtain custom cut cycle daily damage dance danger dark
    daughter day dead deal dear death decide decides deep deeper definitely degree deliver depend depends
    depth desk despite detail die died differ difference different difficult dig dinner direct direction
    dirty discuss dish distance doctor dog dollar door double doubt draw dream dress drink drive drop
    drops dry duck dull dust duty early earn earth easier easily east easy eat edge effect effort egg
    eight electric eleven else employ empty end ended ends enemy engine enjoy enter equal escape
    especially evening event eventually exact exactly example excellent exist exists expect experience
    explain express extra eye face fact fair fall falls false family famous far farm fat father fault fear
    feed feel feet fell fellow felt fence field fifth fight fill film final finally find finds fine finger
    finish fire first fish fit five fix fixed fixes flag flame flat floor flow flower fly fold follow
    following follows food fool foot force foreign forest forget forgot fork form formal former forth
    forward found four fourth free freedom freeze fresh friend front fruit full fully fun funny future
    gain game garden gas gate gather general generally gentle girl glad glass goal god gold good goods
    govern grade grand grass great green grew grey ground group grow guard guess guest guide gun guy habit
    hair half hall hand handle handles hang happen happened happening happens happy harbour hard hardly
    harm hat hate head heal hear heard heart heat heavy held hello help helped helpful helpless helps hide
    high hill hire history hit hobby hold holds hole holiday home honest hope horse hospital hotel hour
    house huge human hundred hungry hunt hurry hurt husband idea imagine immediately important improve
    inch include includes including indeed indoor inform inside insist interest involve involved iron
    island issue item jar job join joke journey joy judge jump keen key kick kid kill kind king kiss
    kitchen knee knife knock know knowing known knows lack lady lake lamp land large larger last late
    later latest latter laugh law lay lazy lead leaf learn least leave leaves left leg lend length lesson
    letter level lie life lift light liked line list listen literally little live lived local lonely long
    longer look looked looking looks lose loss lost loud love low lower luck lunch machine mad mail main
    mainly make man manner map mark market marry mass master match mate material matter matters meal
    meaning meant measure meat medium meet meeting member memory mental mention mere merely message metal
    method middle mile milk mind minute miss missed mistake mix model modern moment money month moon moral
    morning mostly mother motion mountain mouth move moved moves much music name nation nature near nearby
    nearly neat neck need needed needing needs neighbour nerve nest new news nice night nine noise normal
    normally north nose note notes notice number nurse object obvious obviously occur ocean offer office
    officer oil old older open opened opens opinion opposite order ordinary original otherwise outdoor
    outside oven owner page paid pain paint pair paper parent park part particular partly parts party pass
    passed passes past path pause pay peace pen people perfect perform period person phone photo piano
    pick picture piece pink place plain plan plane plant plate play pleasant please pleased plenty pocket
    poem poet point points poison police polite pond pool poor popular port position possible possibly
    post pot potato pound pour power practice practise praise pray prefer prepare present press pretty
    prevent prevents previous price print prison prize probably problem problems produce promise proof
    proper properly proud prove provide provides public pull punish pupil pure purpose pushed quality
    quarter queen question quick quickly quiet radio rain raise ran range rank rare rate reach reaches
    read reads ready real reality reason reasons receive recent recently recognise record red reduce refer
    regard regular relate related relation relative release rely remain remains remember remind remove
    rent repair repeat reply report require requires rescue respect rest result results return returns
    rice rich ride right ring rise risk river road roar rock roll roof room root rope rough round row rub
    rude rule ruled rules run running runs rush sad safe safely safety sail salad salary sale salt sand
    save saw scale scene school science score sea search season seat second secret secretly seed seek
    seize self sell send sends sense sent separate serious serve set sets setting settle seven several sew
    sex shade shake shame shape shaped share shared sharp sheep sheet shelf shine ship shirt shock shoe
    shoot shop short shorter shot shoulder shout show shown shows shut sick side sight sign silent silk
    silly silver similar simple simply sing single sink sister sit sits situation six size skill skin
    skirt sky sleep slept slide slight slightly slip slow slowly small smaller smart smell smile smoke
    smooth snow social soft soil sold soldier solid solve somebody somehow somewhat somewhere son song
    sore sorry sort soul sound soup south space speak special specific specifically speech speed spell
    spend spent spirit spite spoke spoon sport spot spread spring square stage stair stamp stand stands
    star stared start started state states stay stays steal steam steel steep step steps stick stiff stone
    stood stop stopped store storm story straight strange street strength stretch strict strike string
    strong struck study stuff stupid subject substance success sudden suffer sugar suggest suit summer sun
    supper supply support suppose supposed surface surprise surround sweet swim sword table tail talk
    talks tall tape taste taught taxi teach team tear tell tells ten tend tender tent term terrible test
    text thank thick thin third thirst thirty though thought thousand thread threat three threw throw
    thumb ticket tidy tie tight time times tiny tired title toast today toe told tomorrow tone tongue
    tonight took tool tooth top total totally touch tour town toy track trade train translate travel treat
    tree trial trick tried tries trip trouble truck true truly trunk trust truth try trying tube turn
    turned turns twelve twenty twice twist two type typical typically ugly uncle understand uniform union
    unit university upper upset upstairs useful useless usual valley valuable value various vary verb
    victory view village violent visit voice vote voyage wage waist wait waited waiting waits wake walk
    wall wander warm warn wash waste wasted watch water wave weak wealth weapon wear weather week weigh
    weight weird welcome west wet wheel whenever white wide width wife wild willing win wind window wine
    wing winter wire wise wish woman won wonder wood word words wore work worked working works world worry
    worse worst worth wound wrap write writes writing written wrong wrote yard year yellow yesterday young
    zero
    """.split()
)

# An answer of these alone, with one of the first kind, says that the learner does not know.
UNKNOWING_WORDS = frozenset(
    """
    know knew known idk dunno idea clue remember recall forgot forget forgotten sure unsure unknown pass
    skip skipped answer answered blank sorry help na n
    """.split()
)
NON_ANSWER_WORDS = UNKNOWING_WORDS | frozenset(
    """
    i im ive we me my a an the any at all do did does don dont didn didnt not no none never nothing please
    have haven havent can cant cannot could think now yet of it this that is to t m ve really honestly
    unfortunately what so clear about for
    """.split()
)
