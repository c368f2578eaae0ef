/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A report made again, compared with what it was, as tanhe.verify/1 (data/schema/verify.schema.json). */
#include "audit/verify.h"

#include "audit/audit_json.h"

static void put_pointer(th_writer *w, const th_json *value)
{
	th_buf pointer = {0};
	th_json_pointer(value, &pointer);
	th_put_text(w, "at", th_buf_view(&pointer));
	w->buf->failed |= pointer.failed;
	th_buf_free(&pointer);
}

static void put_differences(th_writer *w, const char *key, const th_difference *row, size_t count)
{
	th_put_open(w, key, '{');
	th_put_count(w, "count", count);
	th_put_open(w, "differences", '[');
	for (size_t i = 0; i < count && i < TH_DIFFERENCES_KEPT; i++) {
		th_put_open(w, NULL, '{');
		th_put_text(w, "where", th_slice_of(row[i].where));
		put_pointer(w, row[i].of[row[i].of[0] ? 0 : 1]);
		th_put_kept_value(w, "before", row[i].of[0]);
		th_put_kept_value(w, "after", row[i].of[1]);
		th_put_close(w, '}');
	}
	th_put_close(w, ']');
	th_put_close(w, '}');
}

void th_put_verify_json(const th_recorded *r, const th_comparison *c, th_buf *out)
{
	size_t differ = c->rests + c->results;
	const th_page_fill fill[2] = {th_fill_integer((long long)c->values), th_fill_integer((long long)differ)};
	th_writer w = th_writer_begin(out, "tanhe.verify/1");
	th_put_recorded(&w, r);
	th_put_said(&w, "result", differ ? "differs" : "equal", differ ? W_V_DIFFERS : W_V_EQUAL, fill, differ ? 2 : 1);
	th_put_count(&w, "values", c->values);
	put_differences(&w, "rests", c->rest, c->rests);
	put_differences(&w, "results", c->result, c->results);
	if (differ && c->rests == 0)
		th_put_reason(&w, "doubt", "report_changed", W_V_SAME_RESTS);
	th_writer_end(&w);
}
