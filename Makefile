# tanhe: flat and explicit. `make demo` and `make check` do everything on a fresh Debian 12.

VERSION = 0.1.0
SOVERSION = 0
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
LIBDIR = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
DATADIR = $(PREFIX)/share/tanhe
MANDIR = $(PREFIX)/share/man
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d
DESTDIR =

# Packages of Debian 12. What building and `make demo` need, what `make check` needs beside, and what neither needs.
DEPS_BUILD = gcc libc6-dev make libcsv-dev libcjson-dev libgsl-dev nettle-dev libzip-dev libexpat1-dev libxlsxwriter-dev
DEPS_CHECK = pkg-config check libudunits2-dev python3 python3-jsonschema python3-openpyxl mandoc clang libclang-rt-14-dev valgrind shellcheck locales-all zsh fish
# What `make check-documents` opens documents with: a browser, an office, a reader of PDF, fonts.
DEPS_DOCUMENTS = chromium libreoffice-writer-nogui libreoffice-calc-nogui python3-docx python3-openpyxl poppler-utils fonts-wqy-zenhei fonts-liberation2
# What `make deb` builds packages with; `make check-packages` looks at them with lintian.
DEPS_PACKAGES = dpkg-dev debhelper
# What `make web` makes the page with, and `make check-web` opens it with.
DEPS_WEB = emscripten nodejs dpkg-dev
DEPS_CHECK_WEB = python3 python3-jsonschema chromium firefox-esr npm python3-openpyxl libreoffice-writer-nogui fonts-wqy-zenhei
DEPS_EXTRA = chromium libreoffice-writer-nogui slurmctld slurmd slurm-client afl++ libfuzzer-14-dev clang-19 llvm-19 \
	libclang-rt-19-dev cppcheck gcovr mawk miller nodejs npm python3-numpy strace

# Debian's own, to which its packages belong, whatever else is in the PATH.
PYTHON = $(firstword $(wildcard /usr/bin/python3) python3)
CC = gcc
# What runs while tanhe is built, whatever machine it is built for.
HOST_CC = cc
CSTD = -std=c11 -ffp-contract=off -D_POSIX_C_SOURCE=200809L
WARN = -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla
OPT = -O2 -g
CPPFLAGS = -Iinclude -Isrc -DTH_DATADIR='"$(DATADIR)"'
CFLAGS = $(CSTD) $(WARN) $(OPT) -fPIC -fvisibility=hidden
LIBS = -lcsv -lcjson -lnettle -lzip -lexpat -lgsl -lgslcblas -lxlsxwriter -lm -pthread
B = build

# How the program is linked, which starts often: the small libraries stand in it where their archives are there; those that few runs need are
# loaded when they are called (src/cli/late.c), where the names that they go by can be told.
archive = $(if $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a)),-l:lib$(1).a,-l$(1))
soname = $(shell objdump -p "$$($(CC) -print-file-name=lib$(1).so)" 2>/dev/null | sed -n 's/^ *SONAME *//p')
LATE_ZIP := $(call soname,zip)
LATE_XLSX := $(call soname,xlsxwriter)
LATE_JSON := $(call soname,cjson)
LATE := $(and $(LATE_ZIP),$(LATE_XLSX),$(LATE_JSON))
PROGRAM_LIBS := -Wl,--as-needed $(foreach l,csv nettle expat gsl gslcblas,$(call archive,$(l))) $(if $(LATE),-ldl,-lcjson -lzip -lxlsxwriter) -lm -pthread
# The commit, `+changes` behind it when files differ; nothing outside a repository. Where git refuses to tell (another user's folder), as it was.
ifneq ($(wildcard .git),)
BUILD_ID := $(shell git describe --always --abbrev=12 --exclude='*' --dirty=+changes 2>/dev/null || cat $(B)/build-id 2>/dev/null)
endif

# The rooms, each in a folder of src of that name.
base = arena day decimal diag diag_words hanzi diag_say diag_sift hash list memory near filename period period_text print ratio slip str utf8 version
io = book book_copy book_write bytes checksum cpu csv csv_guess csv_limits csv_write digest encoding gb18030 grid guard json json_text known listing marks numfmt os os_process output package package_write pile reason rows scan \
	scan_avx2 scan_sse2 sha_x86 sheet sheet_grid sheet_merges sheet_rows source source_look temporary utf8_avx2 workbook workbook_strings workbook_styles xml
doc = cell doc docx docx_styles docx_table emf html markdown markup outline picture svg text width
reference = activity activity_bracket activity_words amount cells columns columns_load conversion default factor factor_layer factor_set factor_supplier factor_unit gas image \
	image_parts image_thaw image_write index intensities layout_words layout_words_load loader names node open peak plausible profile profile_load reference row_words suggest \
	table table_other typical unit unit_known unit_load unit_mend unit_name unit_parse unit_table unit_text
case = absent answer applicants applicants_head contents correlation delivered evidence facts folder instrument inventories inventories_sums inventory layout layout_above layout_across layout_amount layout_balance layout_bare layout_bound layout_bought layout_cell layout_column layout_columns \
	layout_control layout_days layout_file layout_found layout_head layout_holes layout_heard layout_kind layout_look layout_mean layout_measures layout_name layout_part layout_plan layout_quantity layout_repeat layout_rows layout_say layout_sheet layout_since layout_sort layout_spans layout_variant \
	layout_targets layout_text layout_time layout_title layout_totals layout_twins layout_when layout_whole layout_year measure offset measure_links one_applicant param product target task \
	wide yearly
account = account account_view block block_runs build by_year caveat certificate coverage energy finish firsts formula frame generated grade hole_words holes intensity kept kept_recipe kind kind_sums kinds landfill likely line \
	line_words lines merge quality quality_all quality_bought quality_columns quality_months quality_sort quality_sums recipe recipe_alike resolve select shard spelling sums tell total turns undeclared user_rows \
	word methods/activity_factor methods/carbonate methods/combustion methods/heat methods/quantity methods/waste quality_chance stated
rules = asked decide declare exact expr find history input pack reach read require sentence set stage type value
path = cost follow lmdi path problems route route_saving route_search route_ties scenario series share slope trend worth
uncertainty = attach bounds collapse collect draws kernel_avx2 kernel_portable kernel_sse2 model montecarlo normal points propagate sampler
footprint = caution divide footprint life sharers sure taken
check = acts answers caveats check check_view classes count doubts fits flip flip_lines flip_open flip_parts flip_search flip_try lacks links odds offsets outcome papers params run tables tasks values years
plan = assume assumption budget follow_up goal overrides past path_input plan planning route_links say tally
audit = audit audit_json bridge chain compare diff diff_find diff_footprints diff_json diff_text explain explain_chain_json explain_footprint explain_json explain_line explain_requirement explain_total lock pack_diff recalculate recalculate_json recalculate_page recorded script side verify verify_json
batch = applicant batch cases journal manifest note one queue several summary summary_report
report = annotate case_files account_csv account_json account_text account_totals brought caveats_json caveats_text citation check_account check_distance check_flips check_flips_json check_follow check_inputs_json check_json check_lacks_json check_offsets check_readings check_requirements \
	check_text docx_file dossier dossier_account dossier_check dossier_csv dossier_evaluation dossier_ledger dossier_lines dossier_options dossier_outline dossier_page dossier_papers dossier_plan dossier_sheet dossier_tables dossier_terms dossier_totals dossier_way drawing drawing_bars factor_csv factor_json factor_text factor_words factors_text init init_book init_sheets init_tables init_wide init_words ledger pack_history pack_json pack_text pack_words page params_text picture_bridge picture_efforts picture_flow picture_limits picture_path \
	picture_peak picture_sources picture_stages picture_sure plan_asked \
	plan_asked_json plan_route requests tasks_made plan_efforts plan_efforts_json plan_json plan_past plan_past_json plan_text plan_way plan_way_json plan_words \
	failure_json file_names footprint_document footprint_json footprint_parts footprint_text grades report schemes schemes_wanted sheets sources options_json uncertainty_json uncertainty_text version_text wanted words writer
cli = answer_lists applicants_layout case_options completion completion_bash completion_fish completion_zsh option_values cmd_account cmd_batch cmd_check cmd_completion cmd_event cmd_factors cmd_footprint cmd_layout cmd_init cmd_plan cmd_report cmd_rules cmd_version data failure findings heard help job late locked main many_rules \
	options new_files request_files params_file paths plan_options reading uncertainty_options cmd_help again anew cmd_diff cmd_explain cmd_verify

LIB_SRC = $(base:%=src/base/%.c) $(io:%=src/io/%.c) $(doc:%=src/doc/%.c) $(reference:%=src/reference/%.c) $(case:%=src/case/%.c) $(account:%=src/account/%.c) $(rules:%=src/rules/%.c) \
	$(path:%=src/path/%.c) $(uncertainty:%=src/uncertainty/%.c) $(check:%=src/check/%.c) $(footprint:%=src/footprint/%.c) $(plan:%=src/plan/%.c) $(report:%=src/report/%.c) $(audit:%=src/audit/%.c) $(batch:%=src/batch/%.c)
SOURCES = $(sort $(wildcard src/base/*.[ch] src/base/*.def src/io/*.[ch] src/reference/*.[ch] include/tanhe/*.h))
DATA = $(wildcard data/*.csv data/factors/* data/profiles/*)
CLI_SRC = $(cli:%=src/cli/%.c)
LIB_OBJ = $(LIB_SRC:src/%.c=$(B)/%.o)
CLI_OBJ = $(CLI_SRC:src/%.c=$(B)/%.o)
UNIT = main report_fixture test_base test_book test_csv test_workbook test_doc test_factor test_picture test_docx test_grid test_json test_ledger test_listen test_output test_period \
	test_reference test_report test_source test_encoding test_table test_account test_shards test_uncertainty test_sampler test_unit test_lmdi test_pathway test_route test_route_ties test_trend \
	rules_fixture test_rules test_rules_pack test_rules_set test_rules_ways test_measure test_applicants test_assess test_plan test_face test_contract test_scan test_pile
UNIT_OBJ = $(UNIT:%=$(B)/tests/%.o)
PUBLIC = base reference account uncertainty footprint rules check plan report audit tanhe
MAN1 = tanhe.1 tanhe-batch.1 tanhe-check.1 tanhe-diff.1 tanhe-event.1 tanhe-explain.1 tanhe-footprint.1 tanhe-layout.1 tanhe-init.1 tanhe-plan.1 tanhe-report.1 tanhe-verify.1
MAN3 = tanhe.3
MAN5 = tanhe-case.5 tanhe-factors.5 tanhe-rules.5
MAN7 = tanhe-diag.7
SHELLS = bash zsh fish
# The same in Chinese, in man/zh_CN.
MAN1_ZH = tanhe.1 tanhe-footprint.1
MAN5_ZH = tanhe-case.5

.PHONY: all demo check check-unit check-system check-asan check-documents check-valgrind check-rules-coverage golden long check-false-peaks check-faults check-slips check-fuzz lint bench install dist deb check-packages clean deps-build deps deps-extra web check-web
all: $(B)/tanhe $(B)/reference.img $(B)/libtanhe.a $(B)/libtanhe.so $(B)/tanhe.pc $(SHELLS:%=$(B)/completion.%)

FORCE:

# --- build ---

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Written when it changes: then one file is compiled anew.
$(B)/build-id: FORCE
	@mkdir -p $(@D)
	@printf '%s' '$(BUILD_ID)' | cmp -s - $@ || printf '%s' '$(BUILD_ID)' > $@

$(B)/base/version.o: CPPFLAGS += -DTH_BUILD='"$(BUILD_ID)"'
$(B)/base/version.o: $(B)/build-id

# What the sources are that read the reference data: an image of the data is of one program.
$(B)/reference/image_parts.o: CPPFLAGS += -DTH_IMAGE_SOURCES=$(firstword $(shell cat $(SOURCES) | cksum))u
$(B)/reference/image_parts.o: $(SOURCES)

$(B)/make_gb18030: tools/make_gb18030.c
	@mkdir -p $(@D)
	$(HOST_CC) -std=c11 $(WARN) -O1 -o $@ $<
$(B)/io/gb18030_tables.h: $(B)/make_gb18030 src/io/gb18030.txt
	@mkdir -p $(@D)
	$(B)/make_gb18030 < src/io/gb18030.txt > $@.new && mv $@.new $@
$(B)/io/gb18030.o: CPPFLAGS += -I$(B)
$(B)/io/gb18030.o: $(B)/io/gb18030_tables.h

# Where it cannot be made (another machine is built for), the program reads the data themselves.
$(B)/make_image: tools/make_image.c $(B)/libtanhe.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
$(B)/reference.img: $(B)/make_image $(DATA)
	@$(B)/make_image data $@ || rm -f $@

$(B)/libtanhe.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $(LIB_OBJ)

$(B)/libtanhe.so: $(LIB_OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -shared -Wl,-soname,libtanhe.so.$(SOVERSION) -Wl,-z,defs -o $@ $(LIB_OBJ) $(LIBS)

$(if $(LATE),$(B)/cli/late.o: CPPFLAGS += -DTH_LATE_ZIP='"$(LATE_ZIP)"' -DTH_LATE_XLSX='"$(LATE_XLSX)"' -DTH_LATE_JSON='"$(LATE_JSON)"')
$(B)/tanhe: $(CLI_OBJ) $(B)/libtanhe.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(CLI_OBJ) $(B)/libtanhe.a $(PROGRAM_LIBS)

# --- the page: tanhe.html, the same program in a browser ---

# Objects of WebAssembly, in build/web, by the compiler of emscripten with the flags that emcc gives it; no threads, and no library is loaded late.
WEB = build/web
WEB_FLAGS = $(CSTD) -O2 -fvisibility=hidden -isystem $(WEB)/libraries/include
WEB_CC = clang-14 $(shell emcc --cflags)
WEB_MAKE = $(MAKE) --no-print-directory -s B=$(WEB) CC='$(WEB_CC)' AR=emar CFLAGS='$(WEB_FLAGS)' LATE_ZIP= LATE_XLSX= LATE_JSON= PROGRAM_LIBS=
WEB_LINK = emcc -O2 $(CLI_OBJ) $(B)/libtanhe.a $(WEB)/libraries/libraries.a -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=4GB -sEXIT_RUNTIME=1
# Where emcc of Debian finds what it runs.
export NODE_PATH = /usr/share/nodejs

web:
	@sh tools/packages.sh $(DEPS_WEB)
	@$(WEB_MAKE) $(ABREAST) $(WEB)/node.js $(WEB)/tanhe.js
	@node tools/web/make_page.js $(WEB)/tanhe.wasm $(WEB)/tanhe.js 'tanhe-$(VERSION).tar.gz $(BUILD_ID)' > build/tanhe.html.new && mv build/tanhe.html.new build/tanhe.html

# What `web` made, against the native program: the golden suite through node, then the page in Chromium. AXE: axe-core of npm, which lies outside the tree.
AXE = 4.14.1
check-web:
	@sh tools/packages.sh $(DEPS_BUILD) $(DEPS_WEB) $(DEPS_CHECK_WEB)
	@$(MAKE) --no-print-directory -s $(ABREAST) all
	@$(MAKE) --no-print-directory -s web
	@[ -f $(WEB)/axe/package/axe.min.js ] || (mkdir -p $(WEB)/axe && cd $(WEB)/axe && npm pack --silent axe-core@$(AXE) > archive && tar -xzf "$$(cat archive)" package/axe.min.js) || \
		echo 'check-web: npm gives no axe-core; what it looks at is skipped'
	$(PYTHON) tests/run.py --tanhe tests/web-node.sh --only golden encoding bad
	$(PYTHON) -X utf8 tests/web.py --tanhe $(B)/tanhe --page build/tanhe.html --pictures $(WEB)

# For the page: in a worker, files are read where the user has them, data lie inside.
$(WEB)/tanhe.js: $(CLI_OBJ) $(WEB)/libtanhe.a $(WEB)/libraries/libraries.a src/web/worker.js $(DATA) $(wildcard data/rules/*)
	$(WEB_LINK) -o $@ -sENVIRONMENT=worker -sFORCE_FILESYSTEM=1 -lworkerfs.js --embed-file data@/data --pre-js src/web/worker.js

# Compiled as the objects are: CC.
$(WEB)/libraries/libraries.a: tools/web/libraries.sh tools/web/libraries.txt tools/web/config.h tools/web/zipconf.h
	@CC='$(CC)' sh tools/web/libraries.sh $(WEB)/libraries
$(if $(filter $(WEB),$(B)),$(LIB_OBJ) $(CLI_OBJ): | $(WEB)/libraries/libraries.a)

# For the tests: the program under node, with the files of the system.
$(WEB)/node.js: $(CLI_OBJ) $(WEB)/libtanhe.a $(WEB)/libraries/libraries.a src/web/node.js
	$(WEB_LINK) -o $@ -sNODERAWFS=1 -sSINGLE_FILE=1 --pre-js src/web/node.js

# What shells complete; not there where the program cannot be run.
$(B)/completion.%: $(B)/tanhe $(B)/reference.img $(wildcard data/rules/*)
	@$(B)/tanhe completion $* -D data > $@.new && mv $@.new $@ || rm -f $@.new

# Always anew: PREFIX may be another one at `make install`.
$(B)/tanhe.pc: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' 'prefix=$(PREFIX)' 'libdir=$(LIBDIR)' 'includedir=$(INCLUDEDIR)' '' 'Name: tanhe' \
	'Description: greenhouse-gas accounts in which every number walks back to its source' 'Version: $(VERSION)' \
	'Libs: -L$${libdir} -ltanhe' 'Libs.private: $(LIBS)' 'Cflags: -I$${includedir}' > $@

# --- packages: nothing else installs ---

deps-build:
	@sh tools/packages.sh $(DEPS_BUILD)

deps:
	@sh tools/packages.sh $(DEPS_BUILD) $(DEPS_CHECK)

deps-extra: deps
	@sh tools/packages.sh $(DEPS_EXTRA)

# --- the two commands ---

demo: deps-build
	@$(MAKE) --no-print-directory -s $(ABREAST) all
	@sh examples/demo.sh $(B)/tanhe $(B)/demo

# The parts of `check` side by side, the longest first, as many at once as there are processors, unless -j was said.
ABREAST = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 1))
check: deps
	@$(MAKE) --no-print-directory -s $(ABREAST) all $(B)/unit
	@$(MAKE) --no-print-directory -s $(ABREAST) -Oline check-system check-asan lint check-unit check-threads

# --- tests ---

$(B)/tests/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CSTD) $(WARN) $(OPT) -DTEST_DATA_DIR='"data"' -DTEST_IMAGE='"$(B)/reference.img"' -MMD -MP -c -o $@ $<

$(B)/unit: $(UNIT_OBJ) $(B)/libtanhe.a | $(B)/reference.img
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(UNIT_OBJ) $(B)/libtanhe.a $(LIBS) $$(pkg-config --libs check) -ludunits2

# NOTICE=FILE: the text of the scheme's notice, in which every quote of the rule pack must be found; ANNEXES=FILE: of the parks' annexes.
check-unit: $(B)/unit
	NOTICE='$(NOTICE)' ANNEXES='$(ANNEXES)' $(B)/unit
	for f in tests/fuzz/*.c tests/long/*.c; do $(CC) $(CPPFLAGS) $(CSTD) $(WARN) -Werror -fsyntax-only $$f || exit 1; done

# Lines, branches and MC/DC of src/rules, every allocation failed in turn; wants clang-19 (deps-extra).
check-rules-coverage:
	@$(MAKE) --no-print-directory -s B=build/cov CC=clang-19 LDFLAGS='-fprofile-instr-generate' \
		OPT='-O0 -g -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc' build/cov/unit
	LIBS='$(LIBS)' sh tests/rules/coverage.sh build/cov

# What the workbook reader gives, for the suite that compares it.
$(B)/cells: tests/cells.c $(B)/libtanhe.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# Both readers of CSV on files, for the suite that compares them.
$(B)/readers: tests/readers.c tests/unit/both_readers.h $(B)/libtanhe.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ tests/readers.c $(B)/libtanhe.a $(LIBS)

check-system: all $(B)/cells $(B)/readers
	$(PYTHON) tests/run.py --tanhe $(B)/tanhe

# Expected files are written anew; read the diff before committing it.
golden: all
	$(PYTHON) tests/run.py --tanhe $(B)/tanhe --only golden --update golden

SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
check-asan:
	@$(MAKE) --no-print-directory -s B=build/asan CC=clang WARN='$(WARN) -Werror' OPT='$(SANITIZE)' LDFLAGS='$(SANITIZE)' build/asan/tanhe build/asan/unit
	ASAN_OPTIONS=detect_leaks=0 build/asan/unit # forks for each test: leaks are for check-valgrind
	CC=clang LIBS='$(LIBS)' sh tests/rules/memory.sh build/asan -fsanitize=address,undefined
	$(PYTHON) tests/run.py --tanhe build/asan/tanhe --only bad golden

# Jobs at once in one process share nothing: ThreadSanitizer, built by clang, watches. It wants addresses that are not drawn from too wide a
# range, where setarch may see to that.
THREAD = -O1 -g -fsanitize=thread -fno-omit-frame-pointer
$(B)/threads: tests/threads.c $(B)/libtanhe.a
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)
check-threads:
	@$(MAKE) --no-print-directory -s B=build/tsan CC=clang OPT='$(THREAD)' LDFLAGS='$(THREAD)' build/tsan/threads
	TSAN_OPTIONS=history_size=7 $$(setarch -R true 2> /dev/null && echo setarch -R) build/tsan/threads

# Documents as other programs open them; a minute or two on a machine that is not busy.
check-documents: all
	@sh tools/packages.sh $(DEPS_DOCUMENTS)
	$(PYTHON) tests/documents.py --tanhe $(B)/tanhe

check-valgrind: all $(B)/unit
	valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible $(B)/unit
	$(PYTHON) tests/run.py --tanhe $(B)/tanhe --only golden --valgrind

# Proofs that take hours; of those that can be cut short, `check` runs a fixed sample.
long: check-false-peaks check-faults check-slips check-fuzz

# Some minutes: the suites that have a long form, with many more points than `check` takes.
check-faults: all $(B)/readers
	$(PYTHON) tests/run.py --tanhe $(B)/tanhe --long

# Under libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer: the workbook reader, FUZZ_SHEETS runs on bare sheets, FUZZ_PACKAGES on packages; and
# the two readers of CSV against each other, FUZZ_READERS runs.
FUZZ = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_SHEETS = 10000000
FUZZ_PACKAGES = 100000
FUZZ_READERS = 10000000
check-fuzz:
	@$(MAKE) --no-print-directory -s B=build/fuzz CC=clang OPT='$(FUZZ)' build/fuzz/libtanhe.a
	$(PYTHON) tests/fuzz/seeds.py build/fuzz/seeds
	for f in sheet package reader; do clang $(CPPFLAGS) $(CSTD) $(FUZZ) -fsanitize=fuzzer -o build/fuzz/$$f tests/fuzz/$$f.c build/fuzz/libtanhe.a $(LIBS) || exit 1; \
		mkdir -p build/fuzz/found/$$f; done
	build/fuzz/sheet -runs=$(FUZZ_SHEETS) -seed=1 -max_len=4096 -verbosity=0 -artifact_prefix=build/fuzz/ build/fuzz/found/sheet build/fuzz/seeds/sheet
	build/fuzz/package -runs=$(FUZZ_PACKAGES) -seed=1 -max_len=8192 -verbosity=0 -artifact_prefix=build/fuzz/ build/fuzz/found/package build/fuzz/seeds/package
	build/fuzz/reader -runs=$(FUZZ_READERS) -seed=1 -max_len=1024 -verbosity=0 -artifact_prefix=build/fuzz/ build/fuzz/found/reader build/fuzz/seeds/reader

# Which slips are caught, and how many honest lines are asked about.
check-slips: all
	$(PYTHON) tests/long/slips.py --tanhe $(B)/tanhe --series 4000

# Some minutes: how often the slope's test calls a series peaked that has no trend; prints the table of man/tanhe-plan.1 and data/trend.json.
check-false-peaks: all
	$(CC) $(CPPFLAGS) $(CSTD) $(WARN) $(OPT) -o $(B)/false_peaks tests/long/false_peaks.c $(B)/libtanhe.a $(LDFLAGS) $(LIBS)
	$(B)/false_peaks data

lint: all
	sh tests/lint.sh

bench: all
	$(PYTHON) bench/run.py

# --- install ---

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(INCLUDEDIR)/tanhe $(DESTDIR)$(DATADIR) \
		$(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man3 $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(MANDIR)/man7 \
		$(DESTDIR)$(MANDIR)/zh_CN/man1 $(DESTDIR)$(MANDIR)/zh_CN/man5 $(DESTDIR)$(BASHDIR) $(DESTDIR)$(ZSHDIR) $(DESTDIR)$(FISHDIR)
	install -m 755 $(B)/tanhe $(DESTDIR)$(BINDIR)/tanhe
	install -m 644 $(B)/libtanhe.a $(DESTDIR)$(LIBDIR)/libtanhe.a
	install -m 755 $(B)/libtanhe.so $(DESTDIR)$(LIBDIR)/libtanhe.so.$(VERSION)
	ln -sf libtanhe.so.$(VERSION) $(DESTDIR)$(LIBDIR)/libtanhe.so.$(SOVERSION)
	ln -sf libtanhe.so.$(SOVERSION) $(DESTDIR)$(LIBDIR)/libtanhe.so
	install -m 644 $(B)/tanhe.pc $(DESTDIR)$(LIBDIR)/pkgconfig/tanhe.pc
	install -m 644 $(PUBLIC:%=include/tanhe/%.h) $(DESTDIR)$(INCLUDEDIR)/tanhe
	cp -Rp data/. $(DESTDIR)$(DATADIR)
	if [ -f $(B)/reference.img ]; then install -m 644 $(B)/reference.img $(DESTDIR)$(DATADIR)/reference.img; fi
	if [ -f $(B)/completion.bash ]; then install -m 644 $(B)/completion.bash $(DESTDIR)$(BASHDIR)/tanhe; fi
	if [ -f $(B)/completion.zsh ]; then install -m 644 $(B)/completion.zsh $(DESTDIR)$(ZSHDIR)/_tanhe; fi
	if [ -f $(B)/completion.fish ]; then install -m 644 $(B)/completion.fish $(DESTDIR)$(FISHDIR)/tanhe.fish; fi
	install -m 644 $(MAN1:%=man/%) $(DESTDIR)$(MANDIR)/man1
	install -m 644 $(MAN3:%=man/%) $(DESTDIR)$(MANDIR)/man3
	install -m 644 $(MAN5:%=man/%) $(DESTDIR)$(MANDIR)/man5
	install -m 644 $(MAN7:%=man/%) $(DESTDIR)$(MANDIR)/man7
	install -m 644 $(MAN1_ZH:%=man/zh_CN/%) $(DESTDIR)$(MANDIR)/zh_CN/man1
	install -m 644 $(MAN5_ZH:%=man/zh_CN/%) $(DESTDIR)$(MANDIR)/zh_CN/man5

# --- to give away ---

# build/dist: the sources as one archive, and the page where it was made. build/deb: packages of Debian of that archive. Both with SHA256SUMS, and the same bytes wherever they are made.
dist:
	sh tools/dist.sh $(VERSION) $(B)/dist
	@[ ! -f $(B)/tanhe.html ] || (cp $(B)/tanhe.html $(B)/dist/ && cd $(B)/dist && sha256sum tanhe.html >> SHA256SUMS)

deb: dist
	@sh tools/packages.sh $(DEPS_BUILD) $(DEPS_PACKAGES)
	sh tools/deb.sh $(VERSION) $(B)/dist/tanhe-$(VERSION).tar.gz $(B)/deb

# Minutes: the archive unpacked in two places, in each the packages, which are the same bytes; the unit tests of one; lintian; the packages unpacked and used.
check-packages:
	@sh tools/packages.sh $(DEPS_BUILD) $(DEPS_CHECK) $(DEPS_PACKAGES) lintian
	$(PYTHON) tests/packages.py

clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT_OBJ:.o=.d)
