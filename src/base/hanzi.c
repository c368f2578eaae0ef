/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hanzi.h"

#include <stddef.h>
#include <stdint.h>

/* Of the traditional characters, those whose simplified ones stand in names of the data: activities, units, columns, facts, groups. Sorted by
 * code; under each its kSimplifiedVariant (Unicode 15, Unihan). All of them take three bytes. */
static const char traditional[] =
	"並乾亞佈併來侖係俬個備傢傳僅價億優儲內兩冊別則創劃劑動務匯區厭參員問啟喬單噴噸噹"
	"嚴國圍園執報場壓學實寧審寫寬寶專對導層屬帶幣幹庫廚廠廢廣張強彙後徑從復態慮慶憑應"
	"戶採換擇據擬擴數斷時晉書會朮東條棄棟楊業極構樓標樹機檔檯殘殼氣氫汙沒沖況洩淨減測"
	"準溫溼滅滿漸漿潛濕濟濱瀝灣為無煉煙熱燈燒營爐爲爾狀現環產産畝當療發監確碼礎礦稈種"
	"稱積窩箇節範築粵約納純紙級細終組結統經綜綠綫維網綴緊緑線編緻縣縮總織繫纍義職肅與"
	"舖華萬蓋薦處號蠟術衝裏補裝製複覈見規訂計設許証評試該詳認誤說説調請證議讀變負財貨"
	"責貴買費貼資賣質賬購車軌較載輕輛輪輯輸轉轎辦農這連週進遊運過達遠適選遼鄉醫釐銀銷"
	"鋪鋸鋼錯鍊鍋鏈鐘鐵鑑鑒長門開間閤閩闆關陽階際險隻雲電靜頁頂頃項須預領頭顆題額願類"
	"顯風飛飽餘館驗體髮鮮鹽麵黃點齊";
static const char simplified[] =
	"并干亚布并来仑系私个备家传仅价亿优储内两册别则创划剂动务汇区厌参员问启乔单喷吨当"
	"严国围园执报场压学实宁审写宽宝专对导层属带币干库厨厂废广张强汇后径从复态虑庆凭应"
	"户采换择据拟扩数断时晋书会术东条弃栋杨业极构楼标树机档台残壳气氢污没冲况泄净减测"
	"准温湿灭满渐浆潜湿济滨沥湾为无炼烟热灯烧营炉为尔状现环产产亩当疗发监确码础矿秆种"
	"称积窝个节范筑粤约纳纯纸级细终组结统经综绿线维网缀紧绿线编致县缩总织系累义职肃与"
	"铺华万盖荐处号蜡术冲里补装制复核见规订计设许证评试该详认误说说调请证议读变负财货"
	"责贵买费贴资卖质账购车轨较载轻辆轮辑输转轿办农这连周进游运过达远适选辽乡医厘银销"
	"铺锯钢错炼锅链钟铁鉴鉴长门开间合闽板关阳阶际险只云电静页顶顷项须预领头颗题额愿类"
	"显风飞饱余馆验体发鲜盐面黄点齐";
enum { BYTES = 3 };
_Static_assert(sizeof traditional == sizeof simplified && (sizeof traditional - 1) / BYTES == TH_HANZI, "a simplified character for each traditional one");

/* How many of them stand before each run of 256 codes from U+4E00 on: most characters that are asked about are none of a few. */
enum { FIRST_CODE = 0x4E00, LAST_CODE = 0x9FFF };
static const unsigned short before[] = {
	0, 3, 9, 15, 21, 28, 32, 33, 37, 41, 45, 48, 48, 48, 55, 60, 60, 68, 75, 75, 80, 81, 83, 87, 89, 92, 95, 98,
	102, 108, 110, 116, 118, 125, 131, 134, 141, 145, 146, 147, 151, 154, 154, 156, 158, 163, 167, 168, 190,
	196, 197, 199, 199, 201, 202, 204, 205, 207, 207, 214, 218, 233, 237, 250, 250, 252, 263, 275, 278, 283,
	287, 291, 299, 306, 307, 324, 326, 329, 330, 330, 330, 334, 335,
};
_Static_assert(sizeof before / sizeof *before == (LAST_CODE - FIRST_CODE) / 256 + 2, "a number for each run, and that of all");

/* As a number: in the order of the codes. */
static uint32_t number_of(const char *hanzi)
{
	const unsigned char *byte = (const unsigned char *)hanzi;
	return (uint32_t)byte[0] << 16 | (uint32_t)byte[1] << 8 | byte[2];
}

const char *th_hanzi_simplified(const char *hanzi)
{
	const uint32_t wanted = number_of(hanzi), code = (wanted >> 4 & 0xF000) | (wanted >> 2 & 0xFC0) | (wanted & 0x3F);
	if (code < FIRST_CODE || code > LAST_CODE)
		return NULL;
	size_t low = before[(code - FIRST_CODE) / 256], high = before[(code - FIRST_CODE) / 256 + 1];
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint32_t there = number_of(traditional + middle * BYTES);
		if (there == wanted)
			return simplified + middle * BYTES;
		if (wanted < there)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
