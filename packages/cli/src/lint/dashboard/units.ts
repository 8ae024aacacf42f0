const families: Readonly<Record<string, string>> = {
  numbers: 'none string short percent percentunit humidity dB candela hex0x hex sci locale pixel cps',
  time: `hertz ns µs ms s m h d dtdurationms dtdurations dthms dthmsms timeticks clockms clocks`,
  dates: `dateTimeAsIso dateTimeAsIsoNoDateIfToday dateTimeAsUS dateTimeAsUSNoDateIfToday dateTimeAsLocal
    dateTimeAsLocalNoDateIfToday dateTimeAsSystem dateTimeFromNow`,
  data: `bits bytes decbits decbytes kbytes deckbytes mbytes decmbytes gbytes decgbytes tbytes dectbytes pbytes decpbytes`,
  rates: `pps binBps Bps binbps bps KiBs Kibits KBs Kbits MiBs Mibits MBs Mbits GiBs Gibits GBs Gbits TiBs Tibits TBs
    Tbits PiBs Pibits PBs Pbits`,
  throughput: 'ops reqps rps wps iops eps mps rowsps recps cpm opm reqpm rpm wpm mpm cps',
  truth: 'bool bool_yes_no bool_on_off',
  temperature: 'celsius fahrenheit kelvin',
  energy: `watt kwatt megwatt gwatt mwatt Wm2 voltamp kvoltamp voltampreact kvoltampreact watth watthperkg kwatth kwattm
    amph kamph mamph joule ev amp kamp mamp volt kvolt mvolt dBm ohm kohm Mohm farad µfarad nfarad pfarad ffarad
    henry mhenry µhenry lumens`,
  length: 'lengthmm lengthin lengthft lengthm lengthkm lengthmi',
  mass: 'massmg massg masslb masskg masst',
  money: `currencyUSD currencyGBP currencyEUR currencyJPY currencyRUB currencyUAH currencyBRL currencyDKK currencyISK
    currencyNOK currencySEK currencyCZK currencyCHF currencyPLN currencyBTC currencymBTC currencyμBTC currencyZAR
    currencyINR currencyKRW currencyIDR currencyPHP currencyVND currencyTRY currencyMYR currencyXPF currencyBGN
    currencyPYG currencyUYU currencyILS`,
  speed: 'velocityms velocitykmh velocitymph velocityknot rotrpm rothz rotrads',
  hashes: 'Hs KHs MHs GHs THs PHs EHs',
  flops: 'flops mflops gflops tflops pflops eflops zflops yflops',
  concentration:
    'ppm conppb conngm3 conngNm3 conμgm3 conμgNm3 conmgm3 conmgNm3 congm3 congNm3 conmgdL conmmolL',
  pressure: 'pressurembar pressurebar pressurekbar pressurepa pressurehpa pressurekpa pressurehg pressurepsi',
  volume: 'mlitre litre m3 Nm3 dm3 gallons',
  flow: 'flowgpm flowcms flowcfs flowcfm litreh flowlpm flowmlpm lux',
}

const known: ReadonlySet<string> = new Set(Object.values(families).flatMap((names) => names.split(/\s+/)))

/** Whether Grafana knows a unit; those with a prefix such as `suffix:` are made up by the user. */
export function isGrafanaUnit(unit: string): boolean {
  return known.has(unit) || /^(?:suffix|prefix|time|si|count|currency|bool):/.test(unit)
}

/** Units that show a metric of a base unit in the right size, the best one first. */
const fitting: readonly (readonly [suffix: RegExp, name: string, units: readonly string[]])[] = [
  [/_seconds(?:_sum|_bucket)?$/, 'seconds', ['s', 'dtdurations', 'clocks']],
  [/_bytes(?:_sum)?$/, 'bytes', ['bytes', 'decbytes']],
  [/_ratio$/, 'a ratio from 0 to 1', ['percentunit']],
  [/_celsius$/, 'degrees Celsius', ['celsius']],
]

/** The units that fit a metric by the end of its name. */
export function unitsFor(
  metric: string,
): { readonly name: string; readonly units: readonly string[] } | undefined {
  const found = fitting.find(([suffix]) => suffix.test(metric))
  return found === undefined ? undefined : { name: found[1], units: found[2] }
}
