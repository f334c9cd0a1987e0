//! The words of business, in both languages, that tell a company from its namesakes.
//!
//! The lists hold general words of the trade and no name. A word is looked up in small letters; French plurals and
//! feminines are listed, as the lists are short.

use super::list::List;

/// What a company is called: `le groupe Casino`, `carmaker Ford`.
const ROLES: &str = "\
group company firm maker carmaker automaker retailer bank lender insurer reinsurer airline drugmaker chipmaker planemaker \
brewer distiller miner steelmaker operator carrier utility giant rival supplier manufacturer producer brokerage \
conglomerate developer publisher studio chain grocer supermarket startup platform network refiner builder homebuilder \
consultancy exchange conglomerates provider competitor owner parent bookmaker trucker railroad shipbuilder tyremaker \
jeweller jeweler sportswear cruise cosmetics telecoms telecom software internet biotech pharma oil clothing \
groupe société entreprise constructeur constructrice opérateur banque assureur réassureur distributeur enseigne géant \
géante firme compagnie laboratoire labo équipementier fabricant éditeur éditrice brasseur chimiste pétrolier cimentier avionneur \
motoriste transporteur sidérurgiste filiale usine usines hypermarché hypermarchés supermarché supermarchés \
magasin magasins plateforme concessionnaire fournisseur producteur concurrent concurrente rivale partenaire spécialiste hôtelier \
banco banca grupo gruppo papetier verrier armateur foncière courtier caisse cabinet chaîne site sites marque énergéticien numéro entreprises groupes \
sociétés banques constructeurs opérateurs assureurs distributeurs bijoutier maroquinier \
télécoms pétrolière bancaire électronicien électricien épicier détaillant avionneurs boutique boutiques agence agences stations stations-service \
station-service";

/// What companies are called together, right before their names: `rivals Snap and Pinterest`.
const PEERS: &str = "\
rivals peers competitors retailers carmakers automakers banks lenders insurers reinsurers airlines drugmakers chipmakers planemakers \
brewers miners steelmakers operators carriers utilities giants suppliers manufacturers producers homebuilders grocers supermarkets \
startups platforms refiners shipbuilders companies firms concurrents rivaux rivales fabricants équipementiers géants brasseurs \
motoristes énergéticiens assureurs fournisseurs transporteurs";

/// What one holds of a company: `shares of Apple`, `le PDG d'Orange`.
const HELD: &str = "\
shares share stock bonds stake profit sales ceo chairman employees workers shareholders unit division owner parent \
analysts analyst rating holding investor investors acquisition takeover purchase maker subsidiary shareholder board \
action actions titre titres cours pdg patron patronne dg directeur directrice président présidente salariés salarié siège actionnaires \
actionnaire dirigeant dirigeants filiale capital dette obligations obligation rachat cession bénéfice bénéfices résultats \
achat vente offre opa prise employés employé ouvriers direction fusion clients client abonnés magasins boutique usine usines chez contre \
salariée salariées employée employées ouvrier ouvrière ouvrières intérimaire intérimaires livreur livreurs caissière caissières \
fondateur fondatrice porte-parole opinion recommandation founder spokesman spokeswoman coverage \
objectif cible conseil conserver neutre acheteur vendeur surperformance sous-performance surpondérer sous-pondérer \
target rating overweight underweight outperform underperform neutral bullish bearish upgrades downgrades upgraded downgraded";

/// What follows the name of a company: `Apple shares`, `Ford plant`, `Shell executives`.
const HOLDINGS: &str = "\
shares share stock bonds ceo cfo coo chief executive executives spokesman spokeswoman spokesperson analysts employees workers unit \
brand brands subsidiary stores store plant plants shareholders earnings profit profits results deal chairman officials investors \
revenue sales brass management board dealership dealerships bid offer headquarters customers branch branches cars trucks vehicles \
factory factories dealers president cafe franchise products product share-price bondholders airlines pilots jets aircraft \
eps ebitda ebit ipo capex output deliveries shipments guidance workforce staff";

/// What companies have and persons and places have not, a few words behind their possessive: `Roche's experimental drug`.
const POSSESSIONS: &str = "\
drug drugs pill vaccine vaccines device devices phone phones smartphone app apps software platform chip chips chipmaker engine engines \
aircraft jet jets plane planes airliner model models suv sedan truck trucks boss chief lawyers website network networks patent patents \
technology service services business operations strategy refinery mine mines rocket satellite satellites factory factories plant \
plants subsidiary decision bid offer purchase investment rival rivals supplier suppliers customers users drugmaker turbines";

/// What stands between a company and what it has: `Shell's quarterly profit`.
const QUALIFIERS: &str = "quarterly annual net operating underlying core domestic overseas global retail online pretax first-quarter \
second-quarter third-quarter fourth-quarter full-year half-year";

/// The form of a company.
const FORMS: &str = "\
inc corp corporation co company companies cos ltd limited plc llc lp group groupe holding holdings sa se nv ag ab asa oyj spa \
gmbh kgaa industries technologies motor motors stores systems international communications bancorp financial partners \
pharmaceuticals laboratories labs entertainment energy resources airlines petroleum electronics s.a s.p.a n.v sas sarl";

/// The forms that nothing else is called by, and that a comma may stand before: `Visa, Inc.`.
const LEGAL_FORMS: &str = "inc corp co ltd plc llc lp sa se nv ag ab asa oyj spa kgaa s.a s.p.a n.v gmbh sas sarl";

/// What companies do.
const VERBS: &str = "\
said says reported reports posted posts announced announces plans planned agrees agreed raised raises cut cuts lifted lifts rose \
fell jumped slid gained gains dropped drops sold sells bought buys acquired acquires launched launches unveiled unveils hired \
hires reaffirmed declined expects expected sees warned warns closed ended surged tumbled soared beats misses missed bids \
offered offers sued sues settled settles recalls recalled files filed faces names named denies owns makes acquire buy sell \
shed sheds trims trimmed tops topped swings rebuffs rejects rejected woos lags climbed climbs lost loses earned earns declares slumped plunged rallied traded \
jumps falls rises slides surges tumbles soars slips slipped sinks sank rebounds dips dipped extends halts halted \
annonce dévoile présente prévoit supprime rachète relève abaisse publie bondit chute recule grimpe gagne perd cède vend lance \
investit ferme ouvre recrute licencie réduit augmente déçoit dévisse progresse plonge avance décroche flambe \
annoncé publié relevé abaissé cédé vendu racheté supprimé perdu gagné lancé signé indiqué précisé dévoilé présenté enregistré \
réalisé dégagé confirmé démenti déclaré remporté acquis fermé ouvert augmenté bondi chuté reculé grimpé terminé livré \
livre accélère séduit révise discute veut emporte négocie poursuit vise table dépasse anticipe maintient renonce confirme \
crée croît baisse rebondit dément conclut cédait gagnait perdait grimpait chutait reculait progressait bondissait abandonne \
affiche signe verse ambitionne lève obtient remporte prépare propose renforce rassure renoue resserre retrouve revoit reprend étend \
entend espère estime choisit change déploie développe double dope enregistre engrange explique fusionne inaugure intègre nomme passe \
pâtit réaffirme refuse rejette rejoint relance résiste réussit revendique souffre \
souhaite soutient subit suspend tombe valide arrive compte coupe indique précise déclare vu \
appoints appointed taps mulls wins won weighs seeks sought eyes slashes slashed hikes hiked pares pared nears explores considers lays laid axes axed eliminates eliminated \
confirms confirmed delays delayed backs invests invested opens opened signs signed suspends suspended scraps scrapped overtakes \
shuts pays paid discovers discovered delivers delivered develops developed supplies supplied builds produces fournit fabrique \
exploite construit équipe hits keeps reveals revealed doubles doubled spends spent leads \
bannit mise lâche dégringole absorbe émet explore numérise verdit décarbone sponsorise fidélise accroît allège démantèle \
internalise patine cale renomme évince reconquiert exclut avertit transporte écarte \
rappelle retire attaque réclame embauche conteste annule défend accuse recentre acquiert avale réalise dégage commercialise produit \
distribue délocalise reclasse refinance restructure écope paie indemnise reporte retarde devient rebaptise majore facture multiplie \
scinde externalise achète adopte agrandit ajuste améliore arrête assemble assigne assouplit atteint automatise \
boucle brade cesse collecte commande concède conçoit consolide convoite débauche débourse déclenche décline dédommage dégraisse \
démarre déprécie détaille détient diffère diminue diversifie durcit écoule édite élargit emploie empoche encaisse enchaîne \
envoie étoffe évalue expédie exporte finalise finance fixe franchit gèle généralise gère importe indexe industrialise injecte \
installe instaure intensifie interrompt introduit liquide loue mandate modernise mutualise nationalise opère optimise perçoit \
plafonne prend privatise promeut prolonge provisionne quadruple ralentit rapatrie rationalise récupère redémarre redistribue réduisait \
refond regroupe réinvestit réitère relocalise rembourse remplace rénove réoriente réorganise répercute repousse résilie restitue \
rouvre sanctionne sécurise simplifie sollicite sous-traite souscrit stoppe supporte teste totalise transfère transforme \
triple vante verrouille \
rappelé devenu pris repris émis conçu obtenu retenu interrompu promu accru admis cru \
adds added advances advanced books booked boosts boosted cancels cancelled canceled carves cautions challenges clinches clinched \
commits completes completed contests cools dents disappoints disappointed discontinues discontinued disputes distributes ditches \
ditched divests divested dumps edged edges eases eased employs exits exited expands expanded finalizes finalises forecasts furloughs \
furloughed guides guided idles idled inks inked integrates intends introduces introduced issues issued leaps leapt licenses lowers \
lowered maintains manufactures merges merged narrows narrowed nets netted offloads offloaded operates outperforms ousts overhauls \
overhauled partnered plummets plummeted poaches poached predicts pulled quadruples raked rebrands rebranded redeems redeemed \
refinances refinanced refunds relocates relocated renames renamed reopens reopened repays repaid replaces restarts restarted \
restructures resumes resumed retreats retreated revamps revamped rolled scales secures ships shipped skids snags spins spun \
splits streamlines swallows swung tripled triples underperforms unloads unloaded upgrades upsizes widens widened withdraws withdrew";

/// What companies do with themselves: behind `s'` or `se`.
const REFLEXIVE: &str = "\
effondre envole allie attend implante offre empare associe adjuge impose accorde apprécie approprie arroge attaque désendette désengage \
développe diversifie engage endette enfonce entend essouffle étend octroie oppose recentre redresse réinvente relance renforce replie \
restructure retire sépare équipe dote défait débarrasse délocalise porte positionne recapitalise refinance réorganise scinde transforme \
effrite acquitte installe internationalise allège lance";

/// What companies do and indices do not.
const SAYING: &str =
    "said says announced announces plans planned agreed reported named sued hired annonce présente annoncé";

/// What stands between a name and its participle.
const AUXILIARIES: &str =
    "a has had will also est was is va ont avait aurait pourrait devrait would could may to also not";

/// Words of business anywhere in a sentence.
const BUSINESS: &str = "\
shares share stock stocks profit profits revenue revenues sales earnings quarter quarterly percent pct billion million \
merger mergers acquisition acquisitions takeover ceo cfo investor investors analyst analysts market markets dividend dividends \
bonds debt rating upgrade downgrade ipo bankruptcy bailout shareholder shareholders company companies retailer \
retailers carmaker carmakers automaker automakers bank banks brokerage nasdaq nyse dow index indices trading traded traders \
forecast outlook guidance buyback layoffs restructuring results brand brands executive executives \
customers manufacturer manufacturers supplier suppliers industry sector loss losses product products smartphone \
smartphones antitrust startup hedge fund funds valuation stake capital exchange bid deal unit subsidiary airline airlines \
maker rival rivals contract contracts order orders vehicles plant factory bourse action actions titre titres bénéfice bénéfices \
chiffre d'affaires résultat résultats trimestre semestriel trimestriel annuel groupe groupes société sociétés entreprise \
entreprises actionnaire actionnaires investisseur investisseurs analyste analystes marché marchés dividende dividendes dette \
pdg rachat fusion cession filiale filiales usine usines salariés emplois milliard milliards million millions euros dollars \
croissance ventes banque banques assureur distributeur constructeur constructeurs opérateur opérateurs fournisseur \
concurrent concurrents concurrence cac nikkei dax ftse hausse repli licenciements restructuration clients abonnés plateforme \
production commande commandes contrat contrats capitalisation notation avertissement perspectives objectifs marge marges magasins \
magasin cours points séance patron directeur général enseigne enseignes industriel industrielle secteur géant géants suppressions";

/// Adjectives of nations, which stand before companies with a capital in English.
const DEMONYMS: &str = "\
american british french german italian spanish dutch swiss swedish danish finnish norwegian belgian japanese korean chinese \
indian canadian australian brazilian mexican russian irish european asian u.s us uk italy's france's austrian";

/// Countries, and the last words of their names, whose companies are told by them: `Germany's Continental`.
const COUNTRIES: &str = "\
africa america arabia argentina australia austria belgium brazil britain bulgaria canada chile china colombia croatia cyprus denmark \
egypt emirates england estonia europe finland france germany greece hungary iceland india indonesia ireland israel italy japan jordan \
kazakhstan kenya kingdom kong korea kuwait latvia lithuania luxembourg malaysia malta mexico morocco netherlands nigeria norway \
oman pakistan peru philippines poland portugal qatar romania russia scotland serbia singapore slovakia slovenia spain states sweden \
switzerland taiwan thailand tunisia turkey uae uk ukraine us usa u.s u.k venezuela vietnam wales zealand";

/// Countries by which companies tell their subsidiaries, in both languages: `Orange Pologne`.
const ABROAD: &str = "\
allemagne germany autriche austria belgique belgium bulgarie bulgaria croatie croatia danemark denmark espagne spain estonie estonia \
finlande finland france grèce greece hongrie hungary irlande ireland italie italy lettonie lituanie luxembourg moldavie norvège norway \
pologne poland polska portugal roumanie romania royaume-uni russie russia serbie serbia slovaquie slovakia slovensko slovénie slovenia \
suède sweden suisse switzerland tchéquie turquie turkey ukraine maroc morocco algérie tunisie tunisia égypte egypt sénégal senegal mali \
cameroun cameroon guinée botswana madagascar jordanie liban israël israel brésil brazil brasil mexique mexico argentine argentina \
colombie colombia chili chile pérou peru canada chine china japon japan inde india indonésie indonesia thailand vietnam \
philippines australie australia nigeria kenya taiwan";

/// Money and what is traded like it, which nations stand before as they do before companies: `Swedish Crown`.
const MONEY: &str =
    "crown crowns dollar dollars franc francs gold gas oil peso pesos pound pounds rand real rupee rupees silver";

/// What indices go by.
const INDEX_NAMES: &str = "dow nasdaq nikkei footsie";

/// What an index has behind its name: `Dow members Visa and Boeing`.
const INDEXED: &str = "\
jones industrial industrials transports utilities member members decliners gainers losers futures points \
stocks average index";

/// What ends the name of an index.
const INDICES: &str = "index indices composite average";

/// What ends the name of a fund.
const FUNDS: &str = "fund funds etf etfs trust fonds fcp";

/// Articles and pronouns that seldom stand before a company alone.
const ARTICLES: &str = "the a an this that his her their my your our every no le la les un une du des au aux ce cet cette ces son sa ses \
mon ma mes leur leurs notre votre l";

/// Titles of people.
const TITLES: &str = "mr mrs ms miss dr sir lord lady president senator judge professor captain m mme mlle maître monsieur madame \
président ministre sénateur général docteur saint sainte";

/// What bears the names of people and companies: streets, buildings.
const PLACES: &str = "\
rue avenue boulevard place quai square impasse allée pont palais opéra théâtre lycée collège hôpital musée château stade \
gymnase université universités école écoles faculté university school street road lane boulevard bridge palace theatre theater museum stadium hospital college airport";

/// What stands behind the name that a street or a building bears.
const SITES: &str = "avenue street road lane boulevard square arena stadium stadion tower coliseum ballpark";

/// What is called so with a sponsor's name before it, and may be another word in a title: `Allianz Field`.
const GROUNDS: &str = "center centre park field dome forum garden gardens globe riviera parc parque speedway ballroom";

/// What has the name of its town before it.
const LOCALS: &str = "mayor residents county river township college creek";

/// What has the name of a company in its own without being it: `Barclays Premier League`, `Ford Foundation`.
const BODIES: &str = "\
league cup ligue trophée university foundation fondation prize marathon championship championships institute museum orchestra school";

/// What bears the name of its sponsor: `Honda Classic`, `Volvo Ocean Race`.
const EVENTS: &str = "open classic race series tour masters parade calendar trophy regatta biennale bowl pro-am \
invitational heritage blast challenge";

/// What a name of several words begins with that may be the end of a longer one: `Central Bank of Ireland`.
const GENERIC: &str = "\
bank banque banco banca group groupe grupo partners national nationale first royal";

/// Whose institutions are named so: `the People's Bank of China`.
const FOLK: &str = "people peoples farmers workers citizens merchants women men";

/// What names the thing whose name follows, and no company: `l'indice PMI`, `40 degrés Celsius`.
const KINDS: &str = "indice indices degré degrés degree degrees";

/// Banks, which go by the names of other companies: `Metro Bank`.
const LENDERS: &str = "bank banco banca banque";

/// What is of a town or a region: `la ville d'Orange`, `the mayor of Orange`.
const TOWNS: &str = "\
ville villes commune mairie maire maires préfecture gare communauté habitants habitant quartier banlieue vallée baie province comté \
town city village mayor county valley bay residents streets suburb suburbs";

/// What a town alone has or is.
const MUNICIPALITIES: &str = "ville commune maire maires mairie town city mayor";

/// Days and months, which English writes with a capital.
const DATES: &str = "\
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september \
october november december jan feb mar apr jun jul aug sept sep oct nov dec";

/// Words that open a sentence with a capital without being a name.
const OPENERS: &str = "\
chez selon pour avec quand si mais et or but and when while if as with for after before like both at in on by from \
meanwhile since although comme après avant sans contre entre que où dans sur lorsque puisque ainsi alors depuis malgré \
not only even though unlike including under over through between against about around near via until because so then now next \
also today yesterday separately however still par sous vers parmi outre hormis hors sauf ni car donc à de \
former new ancien ancienne nouveau nouvelle nouveaux nouvelles pourquoi comment combien quel quelle quels quelles quoi voici voilà faut-il why how what will can is are should does did who where";

/// What stands between a company and its business as an acronym: `Apple AI push`, `Shell LNG output`.
const TOPICS: &str = "ai ia ev evs lng gnl ipo esg";

/// What clubs have in their names.
const CLUBS: &str = "fc afc cf sc rc";

/// Ordinary nouns among the holdings, which an adjective may stand before that is a name as well: `Total sales`.
const PLAIN: &str = "\
stock bonds earnings profit profits results deal investors revenue sales board bid offer customers employees workers stores store \
plant plants cars trucks vehicles factory factories products product brands brand officials officers units unit";

/// Adjectives that are names as well.
const ADJECTIVES: &str =
    "total next best first general national global key prime universal standard central popular united major";

/// What stands between the names of a person.
const PARTICLES: &str = "de di da van von";

/// What stands before places.
const IN: &str = "in near outside à en vers près";

/// Joins a holding with its company.
const OF: &str = "of in for at from by on de d du chez sur";

macro_rules! lists {
    ($($(#[$about:meta])* $name:ident: $list:ident;)*) => {
        $($(#[$about])*
        pub(super) fn $name(word: &str) -> bool {
            static WORDS: List = List::of($list);
            holds(&WORDS, word)
        })*
    };
}

lists! {
    /// Returns whether companies are called so.
    is_role: ROLES;
    /// Returns whether several companies are called so.
    is_peers: PEERS;
    /// Returns whether one holds this of a company.
    is_held: HELD;
    /// Returns whether this follows companies.
    is_holding: HOLDINGS;
    /// Returns whether an adjective may stand before this holding.
    is_plain: PLAIN;
    /// Returns whether this is an adjective.
    is_adjective: ADJECTIVES;
    /// Returns whether this stands between the names of a person.
    is_particle: PARTICLES;
    /// Returns whether companies own this.
    is_possession: POSSESSIONS;
    /// Returns whether this stands between a company and what it has.
    is_qualifier: QUALIFIERS;
    /// Returns whether this is a form of company.
    is_form: FORMS;
    /// Returns whether this is a form of company and nothing else.
    is_legal_form: LEGAL_FORMS;
    /// Returns whether companies do this.
    is_verb: VERBS;
    /// Returns whether companies do this with themselves.
    is_reflexive: REFLEXIVE;
    /// Returns whether companies do this and indices do not.
    is_saying: SAYING;
    /// Returns whether this joins a verb to its subject.
    is_auxiliary: AUXILIARIES;
    /// Returns whether this acronym names a business.
    is_topic: TOPICS;
    /// Returns whether clubs are called so.
    is_club: CLUBS;
    /// Returns whether this is the adjective of a nation.
    is_demonym: DEMONYMS;
    /// Returns whether this is a country, or the last word of its name.
    is_country: COUNTRIES;
    /// Returns whether a subsidiary may be told by this country.
    is_abroad: ABROAD;
    /// Returns whether this is money, or traded like it.
    is_money: MONEY;
    /// Returns whether an index goes by this name.
    is_index_name: INDEX_NAMES;
    /// Returns whether an index has this behind its name.
    is_indexed: INDEXED;
    /// Returns whether this ends the name of an index.
    is_index: INDICES;
    /// Returns whether this ends the name of a fund.
    is_fund: FUNDS;
    /// Returns whether this is an article.
    is_article: ARTICLES;
    /// Returns whether this is the title of a person.
    is_title: TITLES;
    /// Returns whether this bears the names of others.
    is_place: PLACES;
    /// Returns whether streets and buildings are called so.
    is_site: SITES;
    /// Returns whether grounds and halls are called so.
    is_ground: GROUNDS;
    /// Returns whether this has the name of its town, or of a river, before it.
    is_local: LOCALS;
    /// Returns whether what bears the name of a company so is another body.
    is_body: BODIES;
    /// Returns whether sponsored events are called so.
    is_event: EVENTS;
    /// Returns whether a name that begins so may be the end of another.
    is_generic: GENERIC;
    /// Returns whether institutions are called after these people.
    is_folk: FOLK;
    /// Returns whether the name of a thing that is no company follows.
    is_kind: KINDS;
    /// Returns whether banks are called so.
    is_lender: LENDERS;
    /// Returns whether this is of a town or a region.
    is_town: TOWNS;
    /// Returns whether a town alone has or is this.
    is_municipality: MUNICIPALITIES;
    /// Returns whether this is a day or a month.
    is_date: DATES;
    /// Returns whether this opens a sentence without being a name.
    is_opener: OPENERS;
    /// Returns whether this joins a holding with its company.
    is_of: OF;
    /// Returns whether this stands before places.
    is_in: IN;
    /// Returns whether this is a word of business.
    is_business: BUSINESS;
}

/// Returns how many words of business stand in a sentence, but no more than `most`; a sign of money or of percent is
/// one too.
pub(super) fn count_business(sentence: &str, most: usize) -> usize {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2 && is_business(word));
    let words = words.take(most).count();
    if words == most { most } else { words + usize::from(sentence.contains(['%', '$', '€', '£', '¥'])) }
}

/// The roles by which a sentence takes up the company of the last one: `L'opérateur`, `The retailer`.
static TAKING: List = List::of(
    "\
opérateur groupe société entreprise compagnie constructeur distributeur pétrolier chimiste banque assureur équipementier avionneur \
motoriste fabricant énergéticien brasseur laboratoire enseigne géant firme transporteur sidérurgiste détaillant cimentier éditeur \
industriel hôtelier fournisseur \
company group retailer carmaker automaker bank lender insurer airline carrier drugmaker chipmaker planemaker brewer distiller miner \
steelmaker operator conglomerate grocer firm maker manufacturer chain",
);

/// Returns whether a sentence begins with a role of companies, and nothing that it is of: `L'opérateur a`, but not `Le groupe
/// de rock`.
pub(super) fn begins_with_role(sentence: &str) -> bool {
    let articles = ["L'", "L’", "Le ", "La ", "The ", "l'", "l’", "le ", "la ", "the "];
    let Some(rest) = articles.iter().find_map(|article| sentence.strip_prefix(article)) else { return false };
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let next = rest[end..].trim_start();
    let next = &next[..next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len())];
    TAKING.has(&rest[..end]) && !is_of(next)
}

/// The longest word that is looked up, in bytes.
const LONGEST: usize = 24;

/// Looks a word up in small letters.
pub(super) fn holds(words: &List, word: &str) -> bool {
    let word = word.trim_end_matches(['.', '-']);
    if word.len() > LONGEST {
        return false;
    }
    if !word.is_ascii() {
        return words.has(&word.to_lowercase());
    }
    let mut small = [0; LONGEST];
    let small = &mut small[..word.len()];
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    std::str::from_utf8(small).is_ok_and(|small| words.has(small))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_companies_do_is_one_word_of_a_text() {
        for verb in [VERBS, REFLEXIVE, SAYING, AUXILIARIES].iter().flat_map(|list| list.split_ascii_whitespace()) {
            let words = super::super::around::Around::of_body(verb).after::<2>(0);
            assert_eq!(words.to_vec(), [verb], "{verb}");
        }
        let mut seen = std::collections::BTreeSet::new();
        assert_eq!(VERBS.split_ascii_whitespace().find(|verb| !seen.insert(*verb)), None);
    }

    #[test]
    fn a_role_takes_a_company_up() {
        assert!(begins_with_role("L'opérateur en a formé") && begins_with_role("The retailer said"));
        assert!(!begins_with_role("Le groupe de rock") && !begins_with_role("Le maire a") && !begins_with_role("L'"));
    }

    #[test]
    fn words_are_found_in_any_case() {
        assert!(is_role("Groupe") && is_role("groupe") && !is_role("ville"));
        assert!(is_form("Corp.") && is_form("SA") && !is_form("County"));
        assert!(is_article("Les") && is_demonym("French") && is_demonym("U.S."));
        assert_eq!(count_business("Les ventes et la marge ont reculé de 4 % au trimestre.", 9), 4);
        assert_eq!(count_business("La ville fête son jardin.", 9), 0);
        assert_eq!(count_business("Les ventes et la marge ont reculé.", 1), 1);
    }
}
