package demo

// culture is where a name comes from. Each name stands with its plain form, for user
// names, as "shown|plain"; alone when it is plain already but for its case.
type culture struct {
	given, family []string
	familyFirst   bool
	joined        bool // without a space between
}

// cultures are the names of people. They are made up from common ones: nobody in
// particular is meant.
var cultures = []culture{
	{given: []string{"Alice", "Oliver", "Siobhán|siobhan", "Hamish", "Priscilla", "Zoë|zoe", "Noah", "Beatrice"},
		family: []string{"Carter", "O’Sullivan|osullivan", "Smith-Whitfield|smith-whitfield", "Ng", "MacDonald", "Ashworth", "Bell", "Featherstonehaugh"}},
	{given: []string{"Lucía|lucia", "Íñigo|inigo", "María José|maria.jose", "Joaquín|joaquin", "Ximena", "Álvaro|alvaro"},
		family: []string{"Núñez|nunez", "García Márquez|garcia.marquez", "de la Fuente|delafuente", "Ibáñez Ortúzar|ibanez", "Ruiz", "Peña|pena"}},
	{given: []string{"João|joao", "Conceição|conceicao", "Thiago", "Luíza|luiza", "Antônio|antonio", "Iara"},
		family: []string{"da Silva Guimarães|dasilva", "Araújo|araujo", "Conceição dos Anjos|dosanjos", "Magalhães|magalhaes", "Lima", "Brandão|brandao"}},
	{given: []string{"Jürgen|juergen", "Annegret", "Björn|bjoern", "Käthe|kaethe", "Maximilian", "Sabine"},
		family: []string{"Müller-Lüdenscheidt|mueller", "Groß|gross", "Freifrau von Hohenwaldeck|hohenwaldeck", "Özdemir|oezdemir", "Weiß|weiss", "Krause"}},
	{given: []string{"Éloïse|eloise", "Jean-Baptiste|jean-baptiste", "Maëlys|maelys", "François|francois", "Ségolène|segolene", "Loïc|loic"},
		family: []string{"Lefèvre|lefevre", "d’Aboville|daboville", "Le Goff|legoff", "Bonnaire", "N’Diaye|ndiaye", "Crête|crete"}},
	{given: []string{"Łukasz|lukasz", "Agnieszka", "Grzegorz", "Małgorzata|malgorzata", "Święcisław|swiecislaw", "Żaneta|zaneta"},
		family: []string{"Wójcik|wojcik", "Brzęczyszczykiewicz|brzeczyszczykiewicz", "Źrebiec|zrebiec", "Kowalska-Nowak|kowalska", "Lis", "Gżegżółka|gzegzolka"}},
	{given: []string{"Jiří|jiri", "Božena|bozena", "Zdeněk|zdenek", "Ľubica|lubica", "Štěpán|stepan", "Květa|kveta"},
		family: []string{"Dvořák|dvorak", "Vrchlabský|vrchlabsky", "Čermáková|cermakova", "Štrba|strba", "Řehoř|rehor", "Havlová|havlova"}},
	{given: []string{"Çağla|cagla", "İbrahim|ibrahim", "Gülşen|gulsen", "Oğuzhan|oguzhan", "Işıl|isil", "Emre"},
		family: []string{"Yıldırım|yildirim", "Çelik|celik", "Şahin|sahin", "Öztürk|ozturk", "Ağaoğlu|agaoglu", "Kaya"}},
	{given: []string{"Ελένη|eleni", "Γιώργος|giorgos", "Δήμητρα|dimitra", "Κωνσταντίνος|konstantinos", "Ξένια|xenia", "Θάνος|thanos"},
		family: []string{"Παπαδοπούλου|papadopoulou", "Χατζηγεωργίου|chatzigeorgiou", "Οικονόμου|oikonomou", "Ψαράς|psaras", "Καζαντζή|kazantzi", "Βλάχος|vlachos"}},
	{given: []string{"Екатерина|ekaterina", "Дмитрий|dmitri", "Анастасия Владимировна|anastasia", "Пётр|pyotr", "Юлия|yulia", "Святослав|svyatoslav"},
		family: []string{"Щербакова|shcherbakova", "Рождественский|rozhdestvensky", "Ёлкина|yolkina", "Кузнецов|kuznetsov", "Цой|tsoi", "Белых|belykh"}},
	{given: []string{"Оксана|oksana", "Іванна|ivanna", "Тарас|taras", "Єва|yeva", "Ґеорґій|georgiy", "Мар’яна|mariana"},
		family: []string{"Шевчук|shevchuk", "Ющенко|yushchenko", "Квітка|kvitka", "Бойко|boyko", "Гнатюк|hnatiuk", "Соловей|solovei"}},
	{given: []string{"فاطمة|fatima", "عبد الرحمن|abdulrahman", "ليلى|layla", "يوسف|yusuf", "نور الهدى|nour", "خالد|khalid"},
		family: []string{"الحسيني|alhussaini", "بن سعيد|binsaid", "الخطيب|alkhatib", "المصري|almasri", "حداد|haddad", "القحطاني|alqahtani"}},
	{given: []string{"נועה|noa", "יצחק|yitzhak", "שירה|shira", "אביגיל|avigail", "דוד|david", "תמר|tamar"},
		family: []string{"כהן|cohen", "בן־ארי|ben-ari", "מזרחי|mizrahi", "שפירא|shapira", "לוי|levi", "אברהמי|avrahami"}},
	{given: []string{"شیرین|shirin", "کیوان|keyvan", "پریسا|parisa", "بهرام|bahram", "ژاله|zhaleh", "آرش|arash"},
		family: []string{"گلپایگانی|golpayegani", "رضایی|rezaei", "فرهادپور|farhadpour", "کریمی|karimi", "یزدانی|yazdani", "چراغی|cheraghi"}},
	{given: []string{"अनन्या|ananya", "राजेश्वरी|rajeshwari", "विक्रम|vikram", "श्रुति|shruti", "कृष्णमूर्ति|krishnamurti", "ऋषि|rishi"},
		family: []string{"शर्मा|sharma", "चट्टोपाध्याय|chattopadhyay", "मिश्रा|mishra", "त्रिपाठी|tripathi", "सिंह|singh", "वाजपेयी|vajpeyi"}},
	{given: []string{"தமிழ்ச்செல்வி|tamilselvi", "முருகன்|murugan", "கயல்விழி|kayalvizhi", "அருண்|arun", "யாழினி|yazhini", "சுந்தரம்|sundaram"},
		family: []string{"வேலுசாமி|velusamy", "இராமநாதன்|ramanathan", "கோபாலகிருஷ்ணன்|gopalakrishnan", "பாண்டியன்|pandian", "நாகராஜன்|nagarajan", "செல்வம்|selvam"}},
	{given: []string{"ফারহানা|farhana", "অনির্বাণ|anirban", "শর্মিলা|sharmila", "রফিকুল|rafiqul", "মৌসুমী|mousumi", "দেবাশিস|debashis"},
		family: []string{"রহমান|rahman", "বন্দ্যোপাধ্যায়|bandyopadhyay", "চৌধুরী|chowdhury", "ঘোষ|ghosh", "আক্তার|akter", "মুখার্জি|mukherjee"}},
	{given: []string{"สมชาย|somchai", "กาญจนา|kanchana", "พิมพ์ชนก|pimchanok", "ธีรวัฒน์|teerawat", "อรอนงค์|onanong", "ณัฐวุฒิ|nattawut"},
		family: []string{"ศรีสุวรรณ|srisuwan", "วงศ์สวัสดิ์ไพบูลย์|wongsawatpaiboon", "จันทร์เพ็ญ|chanpen", "ทองคำ|thongkham", "รัตนโกสินทร์|rattanakosin", "ใจดี|chaidee"}},
	{given: []string{"小燕|xiaoyan", "建国|jianguo", "雨桐|yutong", "志强|zhiqiang", "丽|li", "浩然|haoran"},
		family: []string{"王|wang", "欧阳|ouyang", "陈|chen", "诸葛|zhuge", "刘|liu", "赵|zhao"}, familyFirst: true, joined: true},
	{given: []string{"さくら|sakura", "健太郎|kentaro", "美咲|misaki", "大翔|hiroto", "ひなた|hinata", "龍之介|ryunosuke"},
		family: []string{"佐藤|sato", "勅使河原|teshigawara", "渡邉|watanabe", "小林|kobayashi", "林|hayashi", "五十嵐|igarashi"}, familyFirst: true},
	{given: []string{"서연|seoyeon", "민준|minjun", "하늘|haneul", "지후|jihu", "은정|eunjeong", "도윤|doyun"},
		family: []string{"김|kim", "남궁|namgung", "박|park", "이|lee", "황보|hwangbo", "최|choi"}, familyFirst: true, joined: true},
	{given: []string{"Thị Hương|huong", "Văn Đức|duc", "Ngọc Ánh|anh", "Quốc Bảo|bao", "Minh Tuệ|tue", "Thùy Dương|duong"},
		family: []string{"Nguyễn|nguyen", "Trần|tran", "Lê|le", "Phạm|pham", "Đặng|dang", "Vũ|vu"}, familyFirst: true},
	{given: []string{"Chukwuemeka", "Ngozi", "Olúwaṣeun|oluwaseun", "Àdùkẹ́|aduke", "Ìfẹ́olúwa|ifeoluwa", "Kelechi"},
		family: []string{"Okonkwo", "Adébáyọ̀|adebayo", "Ọlátúnjí|olatunji", "Eze", "Ògúndélé|ogundele", "Nwachukwu-Obi|nwachukwu"}},
	{given: []string{"ሰላማዊት|selamawit", "ዮሐንስ|yohannes", "ብርቱካን|birtukan", "ኃይለ|haile", "ትዕግስት|tigist", "ዳዊት|dawit"},
		family: []string{"ገብረማርያም|gebremariam", "ታደሰ|tadesse", "ወልደሚካኤል|woldemichael", "አበበ|abebe", "ተስፋዬ|tesfaye", "መኮንን|mekonnen"}},
	{given: []string{"Þórunn|thorunn", "Guðmundur|gudmundur", "Æsa|aesa", "Søren|soren", "Åsa|asa", "Jóhann Örn|johann"},
		family: []string{"Sigurðardóttir|sigurdardottir", "Ægisson|aegisson", "Bjørnstad|bjornstad", "Hämäläinen|hamalainen", "Öberg|oberg", "Kjærgaard|kjaergaard"}},
	{given: []string{"ნინო|nino", "გიორგი|giorgi", "თამარი|tamari", "Անահիտ|anahit", "Տիգրան|tigran", "Սիրանուշ|siranush"},
		family: []string{"ჯავახიშვილი|javakhishvili", "წერეთელი|tsereteli", "Հովհաննիսյան|hovhannisyan", "Պետրոսյան|petrosyan", "ღლონტი|ghlonti", "Գրիգորյան|grigoryan"}},
	{given: []string{"Keahi", "Leilani", "Kūpono|kupono", "Hēmi|hemi", "Ngaio", "Tāne|tane"},
		family: []string{"Kealiʻikuaʻāinahale|kealiikuaainahale", "Te Whaiti|tewhaiti", "Kānekoa|kanekoa", "Māhina|mahina", "Tuʻipulotu|tuipulotu", "Faʻalogo|faalogo"}},
}

// unusual are whole names that lists are badly laid out for: one word, one letter, as
// long as a name may be.
var unusual = []string{
	"Suharyati|suharyati",
	"O|o.single",
	"María del Carmen Guadalupe Hernández-Villanueva de los Ríos y Fernández de Córdoba Montenegro|maria.del.carmen.guadalupe.hernandez-villanueva",
	"Rakotonirina-Andriamanantsoa Ravelomanantsoa Harinirina Fanjanomenjanahary|rakotonirina-andriamanantsoa.harinirina",
	"Donaudampfschifffahrtskapitänswitwenrentenausweisdruckereibesitzer-Oberhuber|oberhuber",
	"กรุงเทพมหานครอมรรัตนโกสินทร์ สุขสวัสดิ์พิพัฒน์ไพศาลวิจิตรการ|suksawat",
	"Inácio Sebastião Bartolomeu Leopoldino Evaristo Cândido Teodoro de Almeida e Vasconcelos Meneses|inacio.sebastiao",
	"Dr. Dr. h. c. mult. Ekaterini Papanikolaou-Schmidt-Rottluff (she/her)|papanikolaou-schmidt",
	"नारायणस्वामी वेंकटसुब्रमण्यम् श्रीनिवासराघवन् अय्यंगार|narayanaswami",
	"عبد العزيز بن عبد الرحمن بن محمد بن عبد الوهاب آل إبراهيم|abdulaziz.alibrahim",
	"Jo|jo",
	"寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末|jugemu",
}
