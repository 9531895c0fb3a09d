/** What is asked often, as it is asked; each must find its rows by an index, however long the history. */
export const HOT_QUERIES: readonly { readonly name: string; readonly sql: string }[] = [
  { name: 'the flag', sql: "SELECT * FROM atmr_ml.flag WHERE key = 'ml-delay-prediction'" },
  {
    name: 'its history',
    sql: "SELECT * FROM atmr_ml.flag_audit WHERE key = 'ml-delay-prediction' ORDER BY revision DESC LIMIT 20",
  },
  { name: 'forced offs', sql: "SELECT * FROM atmr_ml.flag_mark WHERE key = 'ml-delay-prediction'" },
  { name: 'instances', sql: "SELECT * FROM atmr_ml.instance WHERE key = 'ml-delay-prediction'" },
];
