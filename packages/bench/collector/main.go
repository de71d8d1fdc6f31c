// Times the redaction processor of the OpenTelemetry Collector on the spans of a file. Each line on stdin asks for one
// sample; the answer is the CPU time of one span in nanoseconds. One answer to the question is one round of the contest
// that asks. The copies that the processor writes to are made before the clock starts.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"github.com/open-telemetry/opentelemetry-collector-contrib/processor/redactionprocessor"
	"go.opentelemetry.io/collector/consumer/consumertest"
	"go.opentelemetry.io/collector/pdata/ptrace"
	"go.opentelemetry.io/collector/processor"
	"go.opentelemetry.io/collector/processor/processortest"
)

func config() *redactionprocessor.Config {
	return &redactionprocessor.Config{
		AllowAllKeys: true,
		BlockedKeyPatterns: []string{
			`(?i).*pass.*`, `(?i).*key.*`, `(?i).*secret.*`, `(?i).*credential.*`, `(?i).*passphrase.*`,
			`(?i)sessiontoken`, `(?i)x-amz-security-token`, `(?i)signature`, `(?i)authorization`,
		},
		BlockedValues: []string{
			`4[0-9]{12}(?:[0-9]{3})?`,
			`5[1-5][0-9]{14}`,
			`[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}`,
			`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*`,
			`AKIA[0-9A-Z]{16}`,
			`\d{3}-\d{2}-\d{4}`,
		},
		Summary: "silent",
	}
}

// fail ends the process: nothing can be measured.
func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// sample gives the time that a number of copies take, all their spans together.
func sample(traces ptrace.Traces, redaction processor.Traces, copies int) time.Duration {
	batches := make([]ptrace.Traces, copies)
	for i := range batches {
		batches[i] = ptrace.NewTraces()
		traces.CopyTo(batches[i])
	}
	runtime.GC()
	start := cpuTime()
	for _, batch := range batches {
		if err := redaction.ConsumeTraces(context.Background(), batch); err != nil {
			fail(err)
		}
	}
	return cpuTime() - start
}

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: %s FILE MILLISECONDS", os.Args[0]))
	}
	runtime.GOMAXPROCS(1)
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail(err)
	}
	milliseconds, err := strconv.Atoi(os.Args[2])
	if err != nil {
		fail(err)
	}
	traces, err := (&ptrace.JSONUnmarshaler{}).UnmarshalTraces(text)
	if err != nil {
		fail(err)
	}
	factory := redactionprocessor.NewFactory()
	settings := processortest.NewNopSettings(factory.Type())
	redaction, err := factory.CreateTraces(context.Background(), settings, config(), consumertest.NewNop())
	if err != nil {
		fail(err)
	}
	copies := 1
	if once := sample(traces, redaction, 1); once > 0 {
		copies = max(1, int(time.Duration(milliseconds)*time.Millisecond/once))
	}
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		spent := sample(traces, redaction, copies)
		fmt.Println(float64(spent.Nanoseconds()) / float64(copies*traces.SpanCount()))
	}
}
