/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_TEST_DATA_FOLDER_H
#define TH_TEST_DATA_FOLDER_H

/* A small data folder of a test's own, in memory, to be changed and loaded. */

#include "scratch.h"

#include "reference/load.h"

/* A data folder with the least in it that loads, and the shipped units. Every case below replaces one of its files. */
static const struct { const char *name, *text; } least[] = {
	{"columns.csv", "file,column,aliases\nfactors,id,编号\nfactors,gas,气体\nfactors,value,因子值\nfactors,unit,单位\nfactors,source,来源\n"},
	{"gwp.csv", "gas,name_zh,name_en,aliases,set,value,source,table\n"
	            "CO2,二氧化碳,carbon dioxide,R744,AR5,1,IPCC,T1\nCO2,,,,AR6,1,IPCC,T1\nCH4,甲烷,methane,,AR5,28,IPCC,T1\n"
	            "CH4,甲烷,methane,,AR6,27.9,IPCC,T1\nN2O,,,笑气,AR5,265,IPCC,T1\nHFC-32,,,R32,AR5,677,IPCC,T1\nHFC-125,,,R125,AR5,3170,IPCC,T1\n"},
	{"blends.csv", "blend,gas,share,source,table,aliases\nR410A,HFC-32,50,IPCC,T7.8,R-410A\nR410A,HFC-125,50,IPCC,T7.8,\n"},
	{"regions.csv", "region,parent,name_zh,name_en,aliases\nGLO,,全球,Global,\nCN,GLO,中国,China,全国\nCN-shanghai,CN,上海,Shanghai,上海市;沪\n"},
	{"energy.csv", "activity,basis,value,unit,source,table,note\nelectricity,equivalent,0.1229,kgce/kWh,GB/T 2589,A,\n"
	               "electricity,equal,0.3,kgce/kWh,GB/T 2589,A,\n"},
	{"activities.csv", "activity,name_zh,name_en,aliases,scope,iso_category,method,kind,state,energy,non_fossil\n"
	                   "electricity,外购电力,Purchased electricity,电;用电,2,2,electricity,,,electricity,no\n"
	                   "diesel,柴油,Diesel,,1,1,combustion,emission,liquid,,no\nlawn,草坪,Lawn,,1,1,sink,removal,,,\n"},
	{"intensities.csv", "id,fact,fact_aliases,unit,per,name_zh,name_en\nper_gdp,gdp,生产总值,10^4 CNY,10^4 CNY,单位GDP,per GDP\n"},
	{"conflicts.csv", "subject_zh,subject_en,factors,reading_zh,reading_en\n电,power,grid;diesel,读,reading\n"},
	{"factors/set.json", "{\"id\":\"t\",\"version\":\"1\",\"name_zh\":\"测\",\"name_en\":\"test\",\"files\":[\"f.csv\"]}"},
	{"factors/f.csv", "id,gas,value,unit,activity,category,region,valid_from,valid_to,ncv,ncv_unit,carbon_content,carbon_content_unit,oxidation,"
	                  "source,confidence\n"
	                  "grid,CO2,0.5,kg/kWh,electricity,grid,CN-shanghai,2022-01-01,2022-12-31,,,,,,MEE,two-sources\n"
	                  "grid,CO2,0.4,kg/kWh,electricity,grid,CN-shanghai,2023-01-01,2023-12-31,,,,,,MEE,two-sources\n"
	                  "diesel,CO2,,t/t,diesel,fuel,CN,,,42.652,GJ/t,20.2,tC/TJ,0.98,GB,one-source\n"
	                  "diesel,CH4,3,kg/TJ,diesel,fuel,CN,,,,,,,,IPCC,one-source\n"},
	{"profiles/set.json", "{\"default\":\"p\",\"profiles\":[\"p\"]}"},
	{"profiles/p.json", "{\"schema\":\"tanhe.profile/1\",\"id\":\"p\",\"name_zh\":\"测\",\"name_en\":\"test\",\"document\":\"d\",\"gwp\":\"AR5\","
	                    "\"region\":\"CN\",\"select\":[{\"leg\":\"main\",\"method\":\"*\",\"category\":\"*\"},"
	                    "{\"leg\":\"green\",\"activity\":\"用电\",\"factor\":\"grid\",\"region\":\"line\",\"year\":\"data-year\"}]}"},
	{"conversions.csv", "kind,activity,value,unit,source\nstandard_coal,,29.3076,GJ/tce,GB/T 2589\ndensity,diesel,0.84,kg/L,CBS\n"},
	{"activity_words.csv", "place,word,of\nbehind,用量,use\naround,耗…量,use\n"},
	{"layout_words.csv", "kind,value,place,words\nmonth,01,whole,1月\n"},
	{"row_words.csv", "kind,place,word\ntotal,end,合计\ntotal,whole,sum\n"},
	{"plausible.csv", "kind,id,value,unit,name_zh,name_en,source\n"
	                  "bound,heat_times,3,1,,,test\n"
	                  "bound,carbon_times,2.5,1,,,test\n"
	                  "bound,error_times,100,1,,,test\n"
	                  "bound,liquid_low,0.4,1,,,test\n"
	                  "bound,liquid_high,1.6,1,,,test\n"
	                  "bound,gas_low,0.00005,1,,,test\n"
	                  "bound,gas_high,0.005,1,,,test\n"
	                  "bound,factor_times,20,1,,,test\n"
	                  "bound,month_times,5,1,,,test\n"
	                  "bound,near_percent,5,1,,,test\n"
	                  "bound,sum_named_steps,100,1,,,test\n"
	                  "bound,sum_beside_steps,10000,1,,,test\n"
	                  "bound,sum_metered,30,1,,,test\n"
	                  "bound,sum_bought,1000,1,,,test\n"
	                  "bound,least_year,2000,1,,,test\n"
	                  "bound,years_after,5,1,,,test\n"},
};

static const char data[] = "/nowhere/data";
static th_diags *diags;
static th_reference *ref;

static inline void put(const char *name, const char *text)
{
	char path[64];
	snprintf(path, sizeof path, "%s/%s", data, name);
	lend(diags, path, text);
}

static inline void setup(void)
{
	diags = th_diags_new();
	ck_assert_ptr_nonnull(diags);
	size_t len;
	char *units = scratch_read(TEST_DATA_DIR "/units.csv", &len);
	put("units.csv", units);
	free(units);
	for (size_t i = 0; i < sizeof least / sizeof *least; i++)
		put(least[i].name, least[i].text);
}

static inline void teardown(void)
{
	th_reference_free(ref);
	ref = NULL;
	th_diags_free(diags);
}

static inline void open_least(void)
{
	th_status status = th_reference_open(data, diags, &ref);
	expect_places(diags, "", "the least data folder");
	ck_assert_int_eq(status, TH_OK);
}

#define LOOP(tcase, test, table) tcase_add_loop_test(tcase, test, 0, (int)(sizeof table / sizeof *table))

#endif
