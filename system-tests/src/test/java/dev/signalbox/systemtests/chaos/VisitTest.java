package dev.signalbox.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VisitTest {
  @Test
  void mostAtOnce_ofOverlappingVisits_countsThem() {
    assertThat(Visit.mostAtOnce(List.of(new Visit(0, 10), new Visit(5, 20), new Visit(9, 11))))
        .isEqualTo(3);
  }

  @Test
  void mostAtOnce_whereOneLeavesAsAnotherEnters_isOne() {
    assertThat(Visit.mostAtOnce(List.of(new Visit(0, 10), new Visit(10, 20)))).isEqualTo(1);
  }

  @Test
  void visit_writtenAndParsed_isTheSame() {
    Visit visit = new Visit(-3, 7);
    assertThat(Visit.parse(visit.toString())).isEqualTo(visit);
  }
}
